using Billing;

namespace Flows.Replies;

/// <summary>Why PPRO or the provider said no, in PPRO's words.</summary>
public sealed record FailureView(string? FailureType, string? FailureCode, string? FailureMessage, bool? IsRetryable)
{
    public static FailureView? Of(Failure? failure) =>
        failure is null ? null : new(failure.Type, failure.Code, failure.Message, failure.IsRetryable);
}
