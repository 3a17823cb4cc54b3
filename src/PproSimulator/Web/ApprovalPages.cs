using System.Text.Json.Nodes;

namespace PproSimulator;

/// <summary>
/// The consumer's way through <c>requestUrl</c>: see, approve or cancel, and back to the shop's return URL, whatever
/// was decided. Coming back proves nothing.
/// </summary>
internal static class ApprovalPages
{
    private const string Path = "/v0/redirections/forward";

    public static void Map(WebApplication app, PproBooks books)
    {
        app.MapGet(Path, (HttpContext context) => Show(context, books));
        app.MapPost(Path, (HttpContext context, CancellationToken _) => DecideAsync(context, books));
    }

    private static IResult Show(HttpContext context, PproBooks books)
    {
        Harden(context.Response);
        var texts = ApprovalTexts.For(context.Request);
        var agreement = books.FindByToken(context.Request.Query["redirection_token"]);
        return agreement switch
        {
            null => Html(404, ApprovalPage.Message(texts.Unknown, texts)),
            { Status: "AUTHENTICATION_PENDING" } => Html(
                200,
                ApprovalPage.Form(agreement, books.Settings.MerchantName, texts)
            ),
            { Failure.Code: "PAYMENT_METHOD_TIMEOUT" } => Html(410, ApprovalPage.Message(texts.Gone, texts)),
            _ => Html(409, ApprovalPage.Message(texts.Decided, texts)),
        };
    }

    /// <summary>Deciding twice is harmless: the first decision stands, and the consumer goes back again.</summary>
    private static async Task<IResult> DecideAsync(HttpContext context, PproBooks books)
    {
        Harden(context.Response);
        var texts = ApprovalTexts.For(context.Request);
        if (books.FindByToken(context.Request.Query["redirection_token"]) is not { } agreement)
        {
            return Html(404, ApprovalPage.Message(texts.Unknown, texts));
        }

        var form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync() : null;
        switch (form?["decision"].ToString())
        {
            case "approve":
                books.Approve(agreement.Id);
                break;
            case "cancel":
                books.Cancel(agreement.Id);
                break;
            default:
                return Html(400, ApprovalPage.Message(texts.Unknown, texts));
        }

        if (agreement.Failure?.Code is "PAYMENT_METHOD_TIMEOUT")
        {
            return Html(410, ApprovalPage.Message(texts.Gone, texts));
        }

        if (ReturnUrlOf(agreement) is not { } back)
        {
            return Html(200, ApprovalPage.Message(texts.Decided, texts));
        }

        context.Response.Headers.Location = back.AbsoluteUri;
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }

    /// <summary>Null when the shop gave none, or nothing that a browser should be sent to.</summary>
    private static Uri? ReturnUrlOf(SimAgreement agreement)
    {
        var settings = agreement.Request["authenticationSettings"] as JsonArray;
        var text = settings
            ?.Select(it => (it as JsonObject)?["settings"].Text("returnUrl"))
            .FirstOrDefault(it => it is not null);
        return Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "https" or "http" ? url : null;
    }

    private static IResult Html(int status, string page) =>
        Results.Text(page, "text/html; charset=utf-8", statusCode: status);

    private static void Harden(HttpResponse response)
    {
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentSecurityPolicy =
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
    }
}
