using System.Collections.Frozen;

namespace Billing;

/// <summary>What a decline means for the plan of further attempts.</summary>
public enum DeclineKind
{
    /// <summary>May work later: goes on the dunning plan.</summary>
    Soft,

    /// <summary>Will not work by trying again.</summary>
    Hard,

    /// <summary>PPRO says that the agreement is not active: it is read before anything else.</summary>
    TooEarly,

    /// <summary>PPRO says that the agreement is over: it is read before anything else.</summary>
    Agreement,
}

/// <summary>
/// PPRO's failure codes as data; <c>isRetryable</c> wins where PPRO gives it, but for what is never tried again. See
/// docs/ppro.md, Failures and what may be tried again.
/// </summary>
public static class FailureTable
{
    private static readonly FrozenSet<string> Soft = FrozenSet.Create(
        StringComparer.Ordinal,
        "GENERIC_DECLINE",
        "PAYMENT_METHOD_TIMEOUT",
        "SIMULTANEOUS_OPERATION_IN_PROGRESS",
        "INTERNAL_PROCESSING_ERROR",
        "INTERNAL_SERVICE_UNAVAILABLE",
        "INSUFFICIENT_FUNDS",
        "IS_EXCEEDING_ACCOUNT_LIMIT",
        "IS_GENERIC_DECLINE",
        "IS_HIGH_VELOCITY",
        "IS_NOT_PERMITTED",
        "UNRESPONSIVE_ISSUER",
        "UNRESPONSIVE_PROVIDER",
        "PROVIDER_PROCESSING_ERROR"
    );

    public static DeclineKind KindOf(Failure? failure) =>
        failure switch
        {
            { Code: "AGREEMENT_INACTIVE", IsRetryable: not false } => DeclineKind.TooEarly,
            { Code: "AGREEMENT_INACTIVE" or "AGREEMENT_REVOKED" } => DeclineKind.Agreement,
            { Code: { } code } when IsNever(code) => DeclineKind.Hard,
            { IsRetryable: { } retryable } => retryable ? DeclineKind.Soft : DeclineKind.Hard,
            { Code: { } code } => Soft.Contains(code) ? DeclineKind.Soft : DeclineKind.Hard,
            _ => DeclineKind.Hard,
        };

    /// <summary>
    /// Never tried again by themselves, whatever <c>isRetryable</c> says: risk rules, and money that may have moved.
    /// </summary>
    private static bool IsNever(string code) =>
        code is "DUPLICATE_DETECTED"
        || code.StartsWith("BLOCKED_", StringComparison.Ordinal)
        || code.StartsWith("HIGH_", StringComparison.Ordinal)
        || code.StartsWith("SUS_", StringComparison.Ordinal);
}
