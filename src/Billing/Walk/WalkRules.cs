namespace Billing;

/// <summary>When the daily walk compares an agreement with PPRO, and what it may throw away.</summary>
public sealed record WalkRules
{
    /// <summary>One whose money moved this recently is compared every day.</summary>
    public static TimeSpan MovedRecently { get; } = TimeSpan.FromDays(3);

    /// <summary>All others this often.</summary>
    public static TimeSpan CompareAgain { get; } = TimeSpan.FromDays(28);

    /// <summary>A next look that has passed by this much has lost its baton.</summary>
    private static TimeSpan LostAfter { get; } = TimeSpan.FromHours(1);

    /// <summary>A directory entry without an agreement for this long is the trace of a create that died.</summary>
    public static TimeSpan OrphanAfter { get; } = TimeSpan.FromDays(1);

    /// <summary>How long the money of a capture may take to arrive; zero does not watch.</summary>
    public TimeSpan FundsWithin { get; init; } = TimeSpan.FromDays(14);

    /// <summary>Events that moved no money are kept this long.</summary>
    public TimeSpan EventsKept { get; init; } = TimeSpan.FromDays(400);

    /// <summary>True when PPRO's list is to be read now.</summary>
    /// <param name="comparedAt">When it was compared last; null for never.</param>
    /// <param name="movedAt">When its money moved last, or PPRO had news of where it is; null for never.</param>
    /// <param name="now">The time.</param>
    public static bool IsCompareDue(DateTimeOffset? comparedAt, DateTimeOffset? movedAt, DateTimeOffset now) =>
        comparedAt is not { } last || now - last >= CompareAgain || now - movedAt < MovedRecently || movedAt > last;

    /// <summary>
    /// True for one that is over and that nothing has changed since it was compared: that is all there is to know.
    /// </summary>
    public static bool IsAtRest(Agreement agreement, (DateTimeOffset? At, int? Version) compared, DateTimeOffset now) =>
        agreement.NextLookAt is null && agreement.Version == compared.Version && now - compared.At < CompareAgain;

    /// <summary>
    /// True when nothing holds this agreement's next look any more. One that waits at a closed gate keeps its old
    /// moment and has a wake-up all the same; for that, only what asks for no money is judged.
    /// </summary>
    public static bool HasLostBaton(Agreement agreement, BillingRules rules, DateTimeOffset now, bool isGateOpen)
    {
        return IsLate(agreement.NextLookAt, now)
            && (isGateOpen || IsLate(Agenda.NextLookAt(agreement, rules, now, mayAsk: false), now));
    }

    /// <summary>True when a look should have been taken an hour ago; one that is over has none.</summary>
    public static bool IsLate(DateTimeOffset? lookAt, DateTimeOffset now) => now - lookAt >= LostAfter;
}
