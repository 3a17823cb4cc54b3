namespace Flows;

/// <summary>Refusals about PPRO's events.</summary>
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
}
