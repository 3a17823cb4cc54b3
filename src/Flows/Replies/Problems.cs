using System.Globalization;
using Billing;

namespace Flows;

/// <summary>Every problem that this service answers with. None of them has changed anything.</summary>
public static partial class Problems
{
    private const string Prefix = "urn:problem:";

    public static Reply MalformedJson(string detail) => Of("malformed-json", "Malformed JSON", 400, detail);

    public static Reply BodyTooLarge(int limit) =>
        Of(
            "body-too-large",
            "Body too large",
            413,
            string.Create(CultureInfo.InvariantCulture, $"The body must be at most {limit / 1024} KiB.")
        );

    public static Reply InvalidFields(FieldErrors errors) =>
        Of(
            new(
                Prefix + "invalid-fields",
                "Invalid fields",
                errors.HasShapeErrors ? 400 : 422,
                "Correct the fields named in errors, by JSON pointer, and send the request again."
            )
            {
                Errors = errors.ByPointer,
            }
        );

    public static Reply BadQuery(string detail) => Of("bad-query", "Bad query", 400, detail);

    public static Reply InvalidKey() =>
        Of(
            "invalid-idempotency-key",
            "Invalid Idempotency-Key",
            400,
            string.Create(
                CultureInfo.InvariantCulture,
                $"Idempotency-Key must be 1 to {CallersKey.MaxLength} visible ASCII characters."
            )
        );

    public static Reply KeyRequired() =>
        Of(
            "idempotency-key-required",
            "A key is required",
            400,
            "Send an Idempotency-Key header or a merchantPaymentChargeReference, so that a repeat cannot charge twice."
        );

    public static Reply KeyReused() =>
        Of(
            "idempotency-key-reused",
            "Key used for another request",
            422,
            "This key came with another body before. Repeat that request unchanged, or use a new key."
        );

    public static Reply ReferenceTaken(Agreement agreement) =>
        About(
            agreement,
            "reference-taken",
            "Reference taken",
            409,
            "Another charge of this agreement has this merchantPaymentChargeReference. Use a new one."
        );

    public static Reply NotFound() => Of("not-found", "Not found", 404, "There is no such resource. Check the id.");

    public static Reply ChargeHindered(Agreement agreement, ChargeHindrance hindrance) =>
        About(
            agreement,
            "charge-not-allowed",
            "Not chargeable now",
            409,
            hindrance switch
            {
                ChargeHindrance.NotActive => "The agreement is not active.",
                ChargeHindrance.NotStarted => "The agreement's startDate has not come yet.",
                ChargeHindrance.Exception => "Charging is stopped until an operator has looked at this agreement.",
                ChargeHindrance.TooManyOpen => "Too many charges wait for PPRO's answer. Try again later.",
                ChargeHindrance.TooManyToday => "The agreement has reached its number of single charges for today.",
                _ => throw new System.Diagnostics.UnreachableException(),
            }
        );

    public static Reply RefundReferenceTaken(Agreement agreement) =>
        About(
            agreement,
            "reference-taken",
            "Reference taken",
            409,
            "Another refund of this charge has this merchantRefundReference. Use a new one."
        );

    public static Reply RefundHindered(Agreement agreement, RefundHindrance hindrance) =>
        hindrance switch
        {
            RefundHindrance.ExceedsRest => About(
                agreement,
                "refund-exceeds-rest",
                "More than is left",
                422,
                "The amount is more than what was captured and is not refunded yet: see the charge's refundableAmount."
            ),
            RefundHindrance.NotCaptured => About(
                agreement,
                "refund-not-allowed",
                "Not refundable",
                409,
                "The charge was not captured."
            ),
            RefundHindrance.WindowClosed => About(
                agreement,
                "refund-not-allowed",
                "Not refundable",
                409,
                "The refund period is over: see the charge's refundableUntil."
            ),
            _ => About(
                agreement,
                "refund-unsettled",
                "One refund at a time",
                409,
                "An earlier refund of this charge is not decided yet. Repeat after Retry-After seconds."
            ) with
            {
                RetryAfter = 60,
            },
        };

    public static Reply NothingToChange(Agreement agreement) =>
        About(
            agreement,
            "nothing-to-change",
            "Not possible in this state",
            409,
            agreement.IsEnded
                ? "The agreement has ended, or its end has been asked for."
                : "The agreement is in this state already, or has no schedule."
        );

    public static Reply ChargingStopped(Agreement agreement, string why) =>
        About(
            agreement,
            "charging-stopped",
            "Nothing is charged now",
            503,
            $"Charging is stopped: {why}. Repeat later."
        ) with
        {
            RetryAfter = (int)ChargingGate.LookAgain.TotalSeconds,
        };

    /// <summary>The same for an agreement that is not written down: its key stays free.</summary>
    public static Reply ChargingStopped(string why) =>
        Of(
            "charging-stopped",
            "Nothing is charged now",
            503,
            $"Charging is stopped: {why}. An agreement with a first charge has to wait; nothing was written down."
        ) with
        {
            RetryAfter = (int)ChargingGate.LookAgain.TotalSeconds,
        };

    private static Reply About(Agreement agreement, string type, string title, int status, string detail) =>
        Of(
            new(Prefix + type, title, status, detail)
            {
                AgreementId = agreement.Id.Value,
                AgreementStatus = agreement.Status is { } word ? Words.Of(word) : null,
                BillingState = Words.Of(BillingStates.Of(agreement)),
            }
        );

    private static Reply Of(string type, string title, int status, string detail) =>
        Of(new(Prefix + type, title, status, detail));

    private static Reply Of(Problem problem) =>
        Reply.Json(problem.Status, problem, StorefrontJson.Readable.Problem) with
        {
            ContentType = "application/problem+json",
        };
}
