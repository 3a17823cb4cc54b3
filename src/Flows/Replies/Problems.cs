using System.Globalization;
using Billing;

namespace Flows.Replies;

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

    /// <summary>With the agreement, where it is known which one the fields are about.</summary>
    public static Reply InvalidFields(FieldErrors errors, Agreement? agreement = null) =>
        Of(
            new Problem(
                Prefix + "invalid-fields",
                "Invalid fields",
                errors.HasShapeErrors ? 400 : 422,
                "Correct the fields named in errors, by JSON pointer, and send the request again."
            )
            {
                Errors = errors.ByPointer,
            }.About(agreement)
        );

    public static Reply BadQuery(string detail) => Of("bad-query", "Bad query", 400, detail);

    /// <summary>To whoever is not PPRO, or has another secret: it is not said what was wrong.</summary>
    public static Reply SignatureRefused() =>
        Of(
            "signature-refused",
            "Not signed by PPRO",
            401,
            "Sign the body as it is sent, with the webhook's secret and the time, in PPRO-Signature. Nothing was kept."
        );

    public static Reply NotQueued() =>
        Of("not-queued", "Not kept", 503, "The event could not be kept. Nothing was changed: deliver it again.");

    public static Reply InvalidKey(int maxLength) =>
        Of(
            "invalid-idempotency-key",
            "Invalid Idempotency-Key",
            400,
            string.Create(
                CultureInfo.InvariantCulture,
                $"Idempotency-Key must be 1 to {maxLength} visible ASCII characters."
            )
        );

    public static Reply KeyRequired(string whatToSend, Agreement? agreement = null) =>
        Of(
            new Problem(
                Prefix + "idempotency-key-required",
                "A key is required",
                400,
                $"Send {whatToSend}, so that a repeat has no second effect."
            ).About(agreement)
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

    public static Reply NothingToChange(Agreement agreement) =>
        About(
            agreement,
            "nothing-to-change",
            "Not possible in this state",
            409,
            agreement.IsEnded ? Ended : "The agreement is in this state already, or has no schedule."
        );

    public static Reply NoCancelToTakeBack(Agreement agreement) =>
        About(
            agreement,
            "nothing-to-take-back",
            "No cancel to take back",
            409,
            agreement.IsEnded ? "The agreement has ended: a cancel that has happened stays."
                : agreement.Plan.Cancel is null ? "No cancel of this agreement is scheduled."
                : "The day of the cancel has come: it can no longer be taken back."
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
            RetryAfter = (int)ChargingControl.AskAgain.TotalSeconds,
        };

    /// <summary>Charging is stopped, and the agreement is not written down: its key stays free.</summary>
    public static Reply ChargingStopped(string why) =>
        Of(
            "charging-stopped",
            "Nothing is charged now",
            503,
            $"Charging is stopped: {why}. An agreement with a first charge has to wait; nothing was written down."
        ) with
        {
            RetryAfter = (int)ChargingControl.AskAgain.TotalSeconds,
        };

    private static Reply About(Agreement agreement, string type, string title, int status, string detail) =>
        Of(new Problem(Prefix + type, title, status, detail).About(agreement));

    private static Reply Of(string type, string title, int status, string detail) =>
        Of(new(Prefix + type, title, status, detail));

    private static Reply Of(Problem problem) =>
        Reply.Json(problem.Status, problem, StorefrontJson.Readable.Problem) with
        {
            ContentType = "application/problem+json",
        };
}
