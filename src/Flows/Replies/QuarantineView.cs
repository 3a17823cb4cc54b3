using System.Text;
using Storage;

namespace Flows.Replies;

/// <summary>A page of what lies in quarantine, the oldest first.</summary>
public sealed record QuarantineView(IReadOnlyList<QuarantinedEventView> Events)
{
    public string? NextPageToken { get; init; }

    /// <summary>What operators did here, the newest first; on the first page only.</summary>
    public IReadOnlyList<OperatorActionView>? Actions { get; init; }
}

/// <summary>An event in quarantine. <c>day</c> and <c>id</c> are its address.</summary>
public sealed record QuarantinedEventView
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    public required string Day { get; init; }

    public required string Id { get; init; }

    /// <summary>The id that the event gives itself; without one, its hash.</summary>
    public required string EventId { get; init; }

    public required string Type { get; init; }

    public required string Reason { get; init; }

    public required DateTimeOffset KeptAt { get; init; }

    /// <summary>Absent for a message that our receiver did not write: it is never applied.</summary>
    public DateTimeOffset? ReceivedAt { get; init; }

    /// <summary>How often it has been replayed in vain.</summary>
    public int Tries { get; init; }

    public DateTimeOffset? TriedAt { get; init; }

    /// <summary>The event as PPRO sent it; only when one is asked for.</summary>
    public string? Raw { get; init; }

    /// <summary>The event as PPRO sent it when that is no text; only when one is asked for.</summary>
    public string? RawBase64 { get; init; }

    public static QuarantinedEventView Of(QuarantinedEvent kept) =>
        new()
        {
            Day = kept.Key.Day,
            Id = kept.Key.Id,
            EventId = kept.EventId,
            Type = kept.Type,
            Reason = kept.Reason,
            KeptAt = kept.KeptAt,
            ReceivedAt = kept.ReceivedAt,
            Tries = kept.Tries,
            TriedAt = kept.TriedAt,
        };

    public static QuarantinedEventView WithRaw(QuarantinedEvent kept)
    {
        try
        {
            return Of(kept) with { Raw = Strict.GetString(kept.Raw.Span) };
        }
        catch (DecoderFallbackException)
        {
            return Of(kept) with { RawBase64 = Convert.ToBase64String(kept.Raw.Span) };
        }
    }
}

/// <summary>What came of a replay.</summary>
/// <param name="Applied">How many events are applied now, and have left quarantine.</param>
/// <param name="Left">Those that could not be, with the newest reason.</param>
public sealed record ReplayView(int Applied, IReadOnlyList<QuarantinedEventView> Left)
{
    /// <summary>More events wait behind these: replay again with this <c>pageToken</c>.</summary>
    public string? NextPageToken { get; init; }
}
