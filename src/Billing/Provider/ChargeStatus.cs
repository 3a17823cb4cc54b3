namespace Billing;

/// <summary>
/// PPRO's word about a charge, reduced to what it proves (docs/ppro.md, Statuses). Everything that is neither captured
/// nor certainly not captured is pending, unknown words included.
/// </summary>
public enum ChargeStatus
{
    Pending,
    NotCaptured,
    Captured,
}
