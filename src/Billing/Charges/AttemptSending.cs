namespace Billing;

/// <summary>The clocks around one attempt (rules 2 and 4 of the order of a charge).</summary>
public static class AttemptSending
{
    /// <summary>
    /// True when one more send would be allowed by the clocks. For an attempt in doubt, the caller has just searched
    /// for it, in the same look, and found nothing.
    /// </summary>
    public static bool MayBeSent(this Attempt attempt, DateTimeOffset now) => attempt switch
    {
        { IsInitial: true } => false,
        { State: AttemptState.Unsent } => true,
        { State: AttemptState.InDoubt, ProviderId: null, FirstSentAt: { } first, LastClaimedAt: { } last } =>
            now >= first && now - first < SendRules.ResendUntil && now - last > SendRules.ResendAfter,
        _ => false,
    };

    /// <summary>True when reads have stayed empty so long that the attempt can be closed as "never happened".</summary>
    public static bool NeverHappened(this Attempt attempt, BillingRules rules, DateTimeOffset now) =>
        attempt is { State: AttemptState.InDoubt, ProviderId: null, LastClaimedAt: { } claimed }
        && now >= SendRules.LastPossibleSend(claimed) + rules.NeverHappenedAfter;
}
