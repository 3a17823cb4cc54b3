namespace Billing;

/// <summary>
/// PPRO's word about a charge, reduced to what it proves (PPRO §5.2). Everything that is neither captured nor
/// certainly not captured is pending, unknown words included.
/// </summary>
public enum ChargeStatus
{
    Pending,
    NotCaptured,
    Captured,
}
