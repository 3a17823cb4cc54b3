using Billing;

namespace Flows;

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

    public static Reply CreateUnderway(Agreement agreement, int retryAfter) =>
        About(
            agreement,
            "create-underway",
            "The first request is still on its way",
            409,
            "Repeat the request, with the same key, after Retry-After seconds."
        ) with
        {
            RetryAfter = retryAfter,
        };

    public static Reply NotConfirmed(Agreement agreement) =>
        About(
            agreement,
            "provider-unavailable",
            "PPRO did not answer",
            502,
            "Nothing has confirmed this agreement for long, and PPRO could not be asked. Nothing was charged: repeat."
        ) with
        {
            RetryAfter = 60,
        };

    public static Reply CreateTooLate(Agreement agreement) =>
        About(
            agreement,
            "create-too-late",
            "Too late to repeat",
            409,
            "This agreement can no longer be created. Start a new one with a new Idempotency-Key."
        );
}
