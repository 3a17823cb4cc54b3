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
}

/// <summary>
/// Our wish that the agreement ends. PPRO's status stays PPRO's word; every gate asks both. Until PPRO confirms, the
/// wish is repeated.
/// </summary>
public sealed record Ending(DateTimeOffset At, EndedBy By, string? Reason);
