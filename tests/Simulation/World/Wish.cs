using System.Text.Json.Nodes;

namespace Simulation.Tests;

/// <summary>
/// Something that the shop asks for under one key, in as many requests as it takes. It is accepted when it becomes
/// durable, whatever the shop hears of it.
/// </summary>
internal sealed class Wish(ErrandKind kind, JsonObject? body = null)
{
    public ErrandKind Kind => kind;

    public JsonObject? Body => body;

    /// <summary>Null while nothing of it is durable.</summary>
    public DateTimeOffset? AcceptedAt { get; set; }
}
