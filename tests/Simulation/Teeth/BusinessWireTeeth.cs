using System.Text.Json.Nodes;

namespace Simulation.Tests;

/// <summary>A retry leaves under the key of the attempt before it.</summary>
internal sealed class KeyOfThePeriod : WireTooth
{
    private readonly Dictionary<string, string> keys = [];

    protected override Task<HttpResponseMessage> SendAsync(
        World world,
        HttpRequestMessage request,
        string? reference,
        Func<Task<HttpResponseMessage>> sendAsync
    )
    {
        if (reference?.Split('-') is [var agreement, { Length: 8 } period, _])
        {
            var own = request.Headers.GetValues("Request-Idempotency-Key").Single();
            keys.TryAdd($"{agreement} {period}", own);
            request.Headers.Remove("Request-Idempotency-Key");
            request.Headers.Add("Request-Idempotency-Key", keys[$"{agreement} {period}"]);
        }

        return sendAsync();
    }
}

/// <summary>Whatever a search finds is taken to be what was searched for.</summary>
internal sealed class AnyHitBelieved : WireTooth
{
    /// <summary>Doubt, so that there is much to search for.</summary>
    public override FaultKind[] Favours => [FaultKind.Reset, FaultKind.Http500, FaultKind.Http504];

    public override FaultKind[] FavouredLies => [FaultKind.ForeignHit];

    protected override async Task<HttpResponseMessage> SendAsync(
        World world,
        HttpRequestMessage request,
        string? reference,
        Func<Task<HttpResponseMessage>> sendAsync
    )
    {
        var searched = System.Web.HttpUtility.ParseQueryString(request.RequestUri!.Query)[
            "merchantPaymentChargeReference"
        ];
        var answer = await sendAsync();
        return searched is null ? answer : await RewordAsync(answer, Untruth.StrangersReference, searched);
    }
}

/// <summary>Of two charges under one reference the one that failed is believed.</summary>
internal sealed class FailedTwinBelieved : WireTooth
{
    public override FaultKind[] Favours => [FaultKind.LostResponse];

    public override Plan Favour(Plan plan) =>
        plan with
        {
            Odd = plan.Odd with
            {
                Oddities = [new(0.1, new("twinFailedFirst"), 2), new(0.5, new("twinFailedLast"), 2)],
            },
        };

    protected override async Task<HttpResponseMessage> SendAsync(
        World world,
        HttpRequestMessage request,
        string? reference,
        Func<Task<HttpResponseMessage>> sendAsync
    )
    {
        var isSearch = request.RequestUri!.Query.Contains("merchantPaymentChargeReference", StringComparison.Ordinal);
        var answer = await sendAsync();
        var json =
            isSearch && answer.IsSuccessStatusCode ? JsonNode.Parse(await answer.Content.ReadAsStringAsync()) : null;
        if (json is not JsonObject || json["data"] is not JsonArray { Count: > 1 } entries)
        {
            return answer;
        }

        var failed = entries.Where(it => (string?)it!["status"] is "FAILED").Select(it => it!.DeepClone()).ToArray();
        return failed is [] ? answer : Json(new JsonObject { ["data"] = new JsonArray(failed) }.ToJsonString());
    }
}

/// <summary>A refusal of one request is held against all: nobody asks PPRO once more.</summary>
internal sealed class NoSecondOpinion : WireTooth
{
    private readonly HashSet<Actor> refused = [];

    public override FaultKind[] Favours => [FaultKind.Http401];

    protected override async Task<HttpResponseMessage> SendAsync(
        World world,
        HttpRequestMessage request,
        string? reference,
        Func<Task<HttpResponseMessage>> sendAsync
    )
    {
        var actor = world.Stage.Current!;
        var answer = await sendAsync();
        if (reference is not null && answer.StatusCode is System.Net.HttpStatusCode.Unauthorized)
        {
            refused.Add(actor);
        }

        return refused.Contains(actor) && request.Method == HttpMethod.Get
            ? new(System.Net.HttpStatusCode.Unauthorized) { Content = new StringContent("""{"message":"?"}""") }
            : answer;
    }
}
