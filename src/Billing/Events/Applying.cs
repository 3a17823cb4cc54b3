namespace Billing;

/// <summary>The one way in which a verified event of PPRO changes an agreement.</summary>
public static class Applying
{
    /// <summary>The attempt that an event speaks of, when it is still open; null otherwise.</summary>
    public static Attempt? FindOpen(this Agreement agreement, PproEvent happened) =>
        agreement.Open.FirstOrDefault(it => it.ProviderId is { } id && id == happened.ChargeProviderId)
        ?? agreement.Open.FirstOrDefault(it => it.ProviderId is null && it.Reference == happened.ChargeReference);

    /// <summary>
    /// What a verified event changes. Events repeat and overtake one another: a late one changes nothing. A decline is
    /// only believed after a read, because events carry no <c>isRetryable</c>.
    /// </summary>
    /// <param name="happened">The event, which is about this agreement.</param>
    /// <param name="attempt">The attempt it speaks of, open or from its row; null for none.</param>
    /// <param name="refund">The refund of it that the event speaks of, likewise.</param>
    /// <param name="now">When it is applied.</param>
    public static Change Apply(
        this Agreement agreement,
        PproEvent happened,
        Attempt? attempt,
        Refund? refund,
        DateTimeOffset now
    )
    {
        var confirmed = agreement with
        {
            Provider = agreement.Provider with { ConfirmedAt = Agreement.Latest(agreement.Provider.ConfirmedAt, now) },
        };
        return attempt is null
            ? confirmed.ApplyToAgreement(happened, now)
            : confirmed.ApplyToCharge(happened, attempt, refund, now);
    }
}
