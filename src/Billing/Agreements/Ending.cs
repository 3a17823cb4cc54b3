namespace Billing;

public enum EndedBy
{
    Storefront,
    Operator,

    /// <summary>PPRO refused to create it: nothing exists there.</summary>
    Refused,

    /// <summary>The consumer did not approve in time.</summary>
    ApprovalExpired,

    /// <summary>A period could not be collected, and the operator's setting ends such agreements.</summary>
    NotPaid,

    /// <summary>No period is left: its term is over, or as many periods were captured as were agreed.</summary>
    PlanCompleted,
}

/// <summary>
/// Our wish that the agreement ends. PPRO's status stays PPRO's word; every gate asks both. Until PPRO confirms, the
/// wish is repeated.
/// </summary>
public sealed record Ending(DateTimeOffset At, EndedBy By, string? Reason)
{
    /// <summary>
    /// We had seen it active before it was to end: otherwise a first charge that was, or will be, captured goes back.
    /// Told by the order of our own writes, and not by clocks.
    /// </summary>
    public bool WasActive { get; init; }

    public const int MaxReason = 400;
}

/// <summary>A cancel that happens on a later day; until then it can be taken back.</summary>
/// <param name="On">No period starts on this day or later, and the agreement is cancelled then.</param>
/// <param name="By">Who asked for it.</param>
/// <param name="Reason">Why, in the asker's words.</param>
/// <param name="AskedAt">When it was asked for.</param>
public sealed record ScheduledCancel(DateOnly On, EndedBy By, string? Reason, DateTimeOffset AskedAt);
