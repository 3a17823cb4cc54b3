using System.Text;
using System.Text.Json.Nodes;

namespace Unit.Tests.JourneyTests;

/// <summary>
/// Between our client and PPRO: every answer has every text that PPRO can send, each longer than we keep, and one of
/// them, in turn, as long as 33,000 characters.
/// </summary>
internal sealed class NastyTexts(string kind, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private const string Mark = "@";
    private const int Entries = 20;
    private const int Longest = 33_000;
    private int turn;

    /// <summary>JSON of one character, or pair, by the name of its kind.</summary>
    private static readonly Dictionary<string, string> Ofs = new()
    {
        ["Hangul"] = "가",
        ["emoji"] = "😀",
        ["quotes"] = "\\\"",
        ["backslashes"] = "\\\\",
        ["control characters"] = "\\u0001",
        ["private use"] = "\ue000",
        ["half characters"] = "\\ud83d",
        ["all of them"] = "가😀\\\"\\\\\\u0001\ue000 x",
    };

    public static TheoryData<string> Kinds => [.. Ofs.Keys];

    /// <summary>Answers the next request whose path ends so with this status, and a message.</summary>
    public (string Path, int Status)? Refuses { get; set; }

    /// <summary>As JSON writes it, without the quotes around it.</summary>
    public static string Text(string kind, int length) =>
        string.Concat(Enumerable.Repeat(Ofs[kind], length / (kind is "all of them" ? 8 : 1)));

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken token)
    {
        if (Refuses is var (path, status) && request.RequestUri!.AbsolutePath.EndsWith(path, StringComparison.Ordinal))
        {
            Refuses = null;
            var refusal = new JsonObject { ["status"] = status, ["failureMessage"] = Mark };
            return new((System.Net.HttpStatusCode)status) { Content = Spoil(refusal) };
        }

        var response = await base.SendAsync(request, token);
        var json = JsonNode.Parse(await response.Content.ReadAsStringAsync(token))!;
        Fill(json);
        response.Content = Spoil(json);
        return response;
    }

    /// <summary>Adds what PPRO may say beside what it must; nothing that decides is touched.</summary>
    private static void Fill(JsonNode json)
    {
        switch (json)
        {
            case JsonArray funds:
                funds.Add(new JsonObject { ["operationId"] = Mark, ["fundsStatus"] = Mark });
                funds.Add(new JsonObject { ["operationId"] = "capture_of_someone", ["fundsStatus"] = Mark });
                return;
            case JsonObject page when page["data"] is JsonArray charges:
                charges.ToList().ForEach(it => Fill(it!));
                return;
        }

        json["failure"] = Failure(json["failure"]);
        json["instrumentId"] = Mark;
        json["paymentDescriptor"] = Mark;
        foreach (var list in (string[])["history", "revocations", "authorizations"])
        {
            if (json[list] is JsonArray entries)
            {
                FillList(list, entries);
            }
        }

        foreach (var refund in json["refunds"] as JsonArray ?? [])
        {
            refund!["failure"] = Failure(refund["failure"]);
        }
    }

    private static void FillList(string list, JsonArray entries)
    {
        var status = list is "revocations" ? "revocationStatus" : "status";
        foreach (var number in Enumerable.Range(0, Entries))
        {
            entries.Add(
                new JsonObject
                {
                    ["id"] = $"{list}_{number}",
                    [status] = Mark,
                    ["merchantPaymentChargeReference"] = Mark,
                    ["createdAt"] = "2026-01-15T01:00:00.000Z",
                    ["failure"] = Failure(null),
                }
            );
        }
    }

    private static JsonObject Failure(JsonNode? known) =>
        new()
        {
            ["failureType"] = (string?)known?["failureType"] ?? Mark,
            ["failureCode"] = (string?)known?["failureCode"] ?? Mark,
            ["isRetryable"] = (bool?)known?["isRetryable"] ?? true,
            ["providerFailureCode"] = Mark,
            ["failureMessage"] = Mark,
        };

    private StringContent Spoil(JsonNode json)
    {
        var parts = json.ToJsonString().Split($"\"{Mark}\"");
        var text = new StringBuilder(parts[0]);
        turn = parts.Length > 1 ? (turn + 1) % (parts.Length - 1) : 0;
        foreach (var (index, part) in parts.Skip(1).Index())
        {
            text.Append('"').Append(Text(kind, index == turn ? Longest : 600)).Append('"').Append(part);
        }

        return new(text.ToString(), Encoding.UTF8, "application/json");
    }
}
