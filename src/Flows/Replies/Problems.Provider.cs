using Billing;

namespace Flows.Replies;

/// <summary>What can go wrong with a create, at PPRO or on the way there.</summary>
public static partial class Problems
{
    public static Reply ProviderUnavailable(Agreement agreement, bool isKeyed, int retryAfter) =>
        About(
            agreement,
            "provider-unavailable",
            "PPRO did not answer",
            502,
            isKeyed
                ? "It is not known whether PPRO has it. Repeat it with the same Idempotency-Key and the same body."
                : "It is not known whether PPRO has it. Start again, with an Idempotency-Key, so that it can be "
                    + "repeated; this agreement is closed by itself when it is not approved."
        ) with
        {
            RetryAfter = retryAfter,
        };

    public static Reply ProviderRefusesUs(Agreement agreement) =>
        About(
            agreement,
            "provider-refuses-us",
            "PPRO refuses our credentials or path",
            502,
            "Nothing was created. The operator has to correct the settings; then repeat with the same Idempotency-Key."
        );

    public static Reply ProviderRefused(Agreement agreement) =>
        About(
            agreement,
            "provider-refused",
            "PPRO refused the request",
            422,
            $"Nothing was created. PPRO said: {agreement.Create.Why}"
        );
}
