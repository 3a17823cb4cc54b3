using System.Globalization;
using System.Text.Json.Nodes;

namespace Simulation.Tests;

/// <summary>
/// Something that the shop asks for under one key, in as many requests as it takes. It is accepted when it becomes
/// durable, whatever the shop hears of it.
/// </summary>
internal sealed class Wish(ErrandKind kind, JsonObject? body = null)
{
    public ErrandKind Kind => kind;

    public JsonObject? Body { get; } = body is null ? null : AsSent(body);

    /// <summary>The frequency that it wants, as rows have it; null for none.</summary>
    public string? Frequency =>
        Body?["frequency"] is { } wanted
            ? $"1 {CultureInfo.InvariantCulture.TextInfo.ToTitleCase(((string)wanted["type"]!).ToLowerInvariant())}"
            : null;

    /// <summary>Who accepted it may have decided so long before.</summary>
    public bool WasHeldUp { get; set; }

    /// <summary>As whoever receives it reads it.</summary>
    public static JsonObject AsSent(JsonObject body) => JsonNode.Parse(body.ToJsonString())!.AsObject();

    /// <summary>Null while nothing of it is durable.</summary>
    public DateTimeOffset? AcceptedAt { get; set; }
}
