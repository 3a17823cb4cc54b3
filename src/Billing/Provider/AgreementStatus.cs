namespace Billing;

/// <summary>
/// PPRO's word about an agreement, in the order of its life; a status never moves back. The last four
/// are final.
/// </summary>
public enum AgreementStatus
{
    Initializing,
    AuthenticationPending,
    AuthorizationProcessing,
    Active,
    Failed,
    RevokedByConsumer,
    RevokedByMerchant,
    RevokedByProvider,
}

public static class AgreementStatuses
{
    public static bool IsFinal(this AgreementStatus status) => status >= AgreementStatus.Failed;
}
