using System.Text.Json.Nodes;

namespace Simulation.Tests;

/// <summary>The last answer of PPRO's to one run of a function.</summary>
/// <param name="Lie">What it said that is not so; null when it was true.</param>
/// <param name="IsRead">It answers a read, and not a request that changes something.</param>
/// <param name="Captured">The charges that it calls captured.</param>
internal sealed record Heard(FaultKind? Lie, bool IsRead, IReadOnlyList<HeardCharge> Captured)
{
    /// <summary>PPRO's ids of the agreements of the charges that it speaks of.</summary>
    public IReadOnlyList<string> Named { get; private init; } = [];

    /// <summary>The references of the charges that it speaks of without saying whose they are.</summary>
    public IReadOnlyList<string> Unnamed { get; private init; } = [];

    /// <summary>It calls the charge that this is captured. One that names no agreement is that of its reference.</summary>
    public bool CallsCaptured(Sending sending, string? agreement) =>
        Captured.Any(it => it.Reference == sending.Reference && (it.Agreement ?? agreement) == agreement);

    public static async Task<Heard> OfAsync(HttpRequestMessage request, HttpResponseMessage answer, FaultKind? lie)
    {
        var isRead = request.Method == HttpMethod.Get;
        var json = answer.IsSuccessStatusCode
            ? JsonNode.Parse(await answer.Content.ReadAsStringAsync(CancellationToken.None))
            : null;
        return new(lie, isRead, [.. ChargesOf(json).Where(IsCaptured).Select(HeardCharge.Read)])
        {
            Named = [.. ChargesOf(json).Select(it => (string?)it?["agreementId"]).OfType<string>()],
            Unnamed =
            [
                .. ChargesOf(json)
                    .Select(HeardCharge.Read)
                    .Where(it => it.Agreement is null)
                    .Select(it => it.Reference)
                    .OfType<string>(),
            ],
        };
    }

    /// <summary>A charge, or the entries of a search; where money is, is a list of its own kind.</summary>
    private static IEnumerable<JsonNode?> ChargesOf(JsonNode? json) =>
        json is not JsonObject one ? []
        : one["data"] is JsonArray entries ? entries.AsEnumerable()
        : (JsonNode?[])[one];

    private static bool IsCaptured(JsonNode? charge) => (string?)charge?["status"] is "CAPTURED";
}

/// <summary>A charge, as it was named.</summary>
internal sealed record HeardCharge(string? Reference, string? Agreement)
{
    public static HeardCharge Read(JsonNode? charge) =>
        new(
            (string?)(charge?["authorizations"] as JsonArray)?[0]?["merchantPaymentChargeReference"],
            (string?)charge?["agreementId"]
        );
}
