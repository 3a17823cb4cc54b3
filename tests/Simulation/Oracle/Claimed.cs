using System.Text.Json;

namespace Simulation.Tests;

/// <summary>A claim of one send, as it became durable.</summary>
internal sealed record Claimed(string Reference, string RowKey, int Sends, string Stamp, DateTimeOffset At)
{
    /// <summary>Each claim entitles to one send.</summary>
    public bool IsUsed { get; set; }

    /// <summary>What PPRO said of the agreement when it was claimed, and that nobody wanted it ended.</summary>
    public bool MayCharge { get; init; }

    public required Sending Sending { get; init; }

    /// <summary>When it was claimed, by the clock of the host that did.</summary>
    public DateTimeOffset? ClaimedAt { get; init; }

    public static Claimed Read(string json, string rowKey, DateTimeOffset now, Func<string, bool, Sending> sendingOf)
    {
        using var document = JsonDocument.Parse(json);
        var outgoing = document.RootElement;
        var sends = outgoing.TryGetProperty(nameof(Sends), out var count) ? count.GetInt32() : 0;
        var reference = outgoing.GetProperty(nameof(Reference)).GetString()!;
        var isInitial = outgoing.TryGetProperty("IsInitial", out var initial) && initial.GetBoolean();
        DateTimeOffset? claimedAt = outgoing.TryGetProperty("LastClaimedAt", out var at)
            ? at.GetDateTimeOffset()
            : null;
        return new(reference, rowKey, sends, $"{sends} {claimedAt:O}", now)
        {
            Sending = sendingOf(reference, isInitial),
            ClaimedAt = claimedAt,
        };
    }
}
