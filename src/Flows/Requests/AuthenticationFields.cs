using Flows.Replies;

namespace Flows.Requests;

/// <summary>PPRO's <c>authenticationSettings</c>: KakaoPay sends the consumer away and back, to a return URL.</summary>
internal static class AuthenticationFields
{
    private const int MaxSettings = 10;

    public static void Check(Fields parent, bool allowLoopback, FieldErrors errors)
    {
        parent.Require("authenticationSettings");
        if (parent.Objects("authenticationSettings", MaxSettings) is not { } settings)
        {
            return;
        }

        foreach (var setting in settings)
        {
            setting.AllowOnly("type", "settings");
            setting.Require("type");
            if (setting.Text("type") is { } type && type is not "REDIRECT")
            {
                errors.Value(setting.At("type"), "Must be REDIRECT.");
            }

            setting.Require("settings");
            if (setting.Object("settings") is { } details)
            {
                CheckReturnUrl(details, allowLoopback, errors);
            }
        }
    }

    private static void CheckReturnUrl(Fields details, bool allowLoopback, FieldErrors errors)
    {
        details.AllowOnly("returnUrl");
        details.Require("returnUrl");
        if (details.Text("returnUrl") is { } text && !IsAllowed(text, allowLoopback))
        {
            errors.Value(details.At("returnUrl"), "Must be an absolute https URL.");
        }
    }

    /// <summary>
    /// http is for local runs only, towards this machine, and only while PPRO is simulated on it too.
    /// </summary>
    private static bool IsAllowed(string text, bool allowLoopback) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback && allowLoopback));
}
