using System.Text.Json.Nodes;

namespace PproSimulator;

/// <summary>A webhook and its deliveries.</summary>
public sealed class SimEvent
{
    public required string Id { get; init; }

    public required string Type { get; init; }

    public required string Subject { get; init; }

    /// <summary>Null when nobody gave an address: it is kept and never delivered.</summary>
    public required string? Url { get; init; }

    public required DateTimeOffset Time { get; init; }

    public required JsonObject Data { get; init; }

    /// <summary>
    /// When it is delivered next; null when it has arrived, was given up, dropped, or has no address.
    /// </summary>
    public DateTimeOffset? NextAt { get; set; }

    public bool IsUnderway { get; set; }

    public bool HasArrived { get; set; }

    public bool IsDropped { get; set; }

    public bool BreakSignature { get; set; }

    public List<DeliveryAttempt> Attempts { get; } = [];

    public byte[] Body =>
        field ??= System.Text.Encoding.UTF8.GetBytes(
            JsonText.Of(
                new JsonObject
                {
                    ["specversion"] = "1.0.2",
                    ["source"] = "https://www.ppro.com",
                    ["datacontenttype"] = "application/json",
                    ["id"] = Id,
                    ["type"] = Type,
                    ["subject"] = Subject,
                    ["time"] = JsonText.Instant(Time),
                    ["data"] = Data.DeepClone(),
                }
            )
        );
}

public sealed record DeliveryAttempt(DateTimeOffset At, string Outcome);
