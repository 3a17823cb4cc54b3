using System.Globalization;
using System.Net;

namespace PproSimulator;

/// <summary>Draws the page on which the consumer approves: plain HTML, no script.</summary>
internal static class ApprovalPage
{
    private static readonly string Style = ReadStyle();

    public static string Form(SimAgreement agreement, string merchant, ApprovalTexts texts)
    {
        var token = Encode(agreement.Token);
        return Page(
            texts,
            $"?redirection_token={token}&amp;",
            $"""
            <p class="intro">{texts.Intro}</p>
            <dl>
              {Row(texts.Shop, Encode(merchant))}
              {Row(texts.EachPayment, Won(agreement.Request.Amount("amount")) ?? texts.Varies)}
              {OptionalRow(texts.FirstPayment, Won(agreement.Request["initialPaymentCharge"].Amount("amount")))}
              {OptionalRow(texts.Schedule, Frequency(agreement, texts))}
            </dl>
            <p class="fine">{texts.Fine}</p>
            <form method="post" action="/v0/redirections/forward?redirection_token={token}&amp;lang={texts.Lang}">
              <button class="approve" name="decision" value="approve">{texts.Approve}</button>
              <button class="cancel" name="decision" value="cancel">{texts.Cancel}</button>
            </form>
            """
        );
    }

    public static string Message(string message, ApprovalTexts texts) =>
        Page(texts, null, $"""<p class="intro" role="status">{message}</p>""");

    private static string Page(ApprovalTexts texts, string? query, string content) =>
        $"""
            <!doctype html>
            <html lang="{texts.Lang}">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <title>{texts.Title} · PPRO simulator</title>
              <style>{Style}</style>
            </head>
            <body>
              <main>
                <header>
                  <p>{texts.Simulator}</p>
                  <h1>{texts.Title}</h1>
                </header>
                <section>
                  {content}
                  {Switch(texts, query)}
                </section>
              </main>
            </body>
            </html>
            """;

    private static string Switch(ApprovalTexts texts, string? query) =>
        query is null
            ? string.Empty
            : $"""<nav><a href="{query}lang={texts.OtherLang}" lang="{texts.OtherLang}">{texts.OtherName}</a></nav>""";

    private static string Row(string name, string value) =>
        $"""<div><dt>{name}</dt><dd class="amount">{value}</dd></div>""";

    private static string OptionalRow(string name, string? value) => value is null ? string.Empty : Row(name, value);

    private static string? Won(Amount? amount) =>
        amount is null ? null : string.Create(CultureInfo.InvariantCulture, $"₩{amount.Value:N0}");

    private static string? Frequency(SimAgreement agreement, ApprovalTexts texts)
    {
        if (
            agreement.Request["frequency"].Text("type") is not { } type
            || !texts.Frequencies.TryGetValue(type, out var words)
        )
        {
            return null;
        }

        var interval = agreement.Request["frequency"]?["interval"]?.ToString() ?? "1";
        return interval is "1" ? words.One : Encode(string.Format(CultureInfo.InvariantCulture, words.More, interval));
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);

    private static string ReadStyle()
    {
        using var stream = typeof(ApprovalPage).Assembly.GetManifestResourceStream("approval.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
