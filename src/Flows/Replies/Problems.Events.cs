namespace Flows.Replies;

/// <summary>Refusals about PPRO's events, and about what a person has to look at.</summary>
public static partial class Problems
{
    public static Reply UnsupportedMediaType() =>
        Of(
            "unsupported-media-type",
            "Unsupported media type",
            415,
            "Send application/json or application/cloudevents+json, without any Content-Encoding."
        );

    public static Reply NotQuarantined() =>
        Of(
            "not-found",
            "Not found",
            404,
            "There is no such event in quarantine: it was applied, or the address is wrong."
        );

    public static Reply NoSuchException() =>
        Of("not-found", "Not found", 404, "There is no such open exception: it was closed, or the address is wrong.");

    public static Reply ExceptionChanged() =>
        Of("exception-changed", "The exception has changed", 409, "Look at it again, and close it if it is still so.");
}
