using System.Text.Json;

namespace Simulation.Tests;

/// <summary>A claim of one send, as it became durable.</summary>
internal sealed record Claimed(string Reference, string RowKey, int Sends, string Stamp, DateTimeOffset At)
{
    /// <summary>Each claim entitles to one send.</summary>
    public bool IsUsed { get; set; }

    /// <summary>What PPRO said of the agreement when it was claimed, and that nobody wanted it ended.</summary>
    public bool MayCharge { get; init; }

    /// <summary>When the first request under this reference left.</summary>
    public DateTimeOffset? FirstPostAt { get; set; }

    public string Agreement { get; init; } = string.Empty;

    public string? Body { get; set; }

    public string? IdempotencyKey { get; set; }

    /// <summary>It travels with its agreement, and is sent when that is.</summary>
    public bool IsInitial { get; init; }

    public static Claimed Read(string json, string rowKey, DateTimeOffset now)
    {
        using var document = JsonDocument.Parse(json);
        var outgoing = document.RootElement;
        var sends = outgoing.TryGetProperty(nameof(Sends), out var count) ? count.GetInt32() : 0;
        var claimedAt = outgoing.TryGetProperty("LastClaimedAt", out var at) ? at.GetString() : null;
        return new(outgoing.GetProperty(nameof(Reference)).GetString()!, rowKey, sends, $"{sends} {claimedAt}", now)
        {
            IsInitial = outgoing.TryGetProperty(nameof(IsInitial), out var isInitial) && isInitial.GetBoolean(),
        };
    }
}
