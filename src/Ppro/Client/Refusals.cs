using System.Text.Json;
using Billing;

namespace Ppro;

/// <summary>
/// What a 4xx is about. PPRO's own error body has <c>failureMessage</c> (older: <c>message</c>) with a
/// <c>status</c>; a 404 or 405 without one comes from something in front of PPRO, or from a wrong path.
/// </summary>
internal static class Refusals
{
    private const int MaxMessage = 300;

    public static Refusal Of(int httpStatus, JsonElement? body)
    {
        var message = body?.Text("failureMessage", MaxMessage) ?? body?.Text("message", MaxMessage);
        var isPpros =
            body?.Find("failureMessage") is not null || (message is not null && body?.Find("status") is not null);
        var kind = httpStatus switch
        {
            401 or 403 => RefusalKind.Credentials,
            429 => RefusalKind.RateLimited,
            404 or 405 when !isPpros => RefusalKind.Route,
            404 => RefusalKind.NotFound,
            _ => RefusalKind.Request,
        };
        return new(kind, httpStatus, message);
    }
}
