using Microsoft.Extensions.Logging;
using Ppro;
using Storage;

namespace Flows.Events;

/// <summary>Puts an event where nothing is lost, under the id that it gives itself or, without one, its hash.</summary>
public sealed class EventQuarantine(Quarantine quarantine, TimeProvider clock, ILogger<EventQuarantine> logger)
{
    public const string NotOurs = "not a message of ours";

    /// <param name="queued">The event as it was received; null for a message that our receiver did not write.</param>
    /// <param name="message">The whole message.</param>
    /// <param name="reason">Why it is not applied.</param>
    /// <param name="cancellationToken">The host's.</param>
    public async Task KeepAsync(
        QueuedEvent? queued,
        ReadOnlyMemory<byte> message,
        string reason,
        CancellationToken cancellationToken
    )
    {
        var (raw, now) = (queued?.Raw ?? message, clock.GetUtcNow());
        var at = queued?.ReceivedAt ?? now;
        var (key, id, type) = PproEventReader.TryRead(raw, out var happened)
            ? (QuarantineKey.Of(happened.Id, at), happened.Id, happened.Type)
            : (QuarantineKey.Of(raw.Span, at), Keys.OfBytes(raw.Span), "?");
        var kept = new QuarantinedEvent(key, id, type, reason)
        {
            KeptAt = now,
            ReceivedAt = queued?.ReceivedAt,
            Raw = raw,
        };
        await quarantine.KeepAsync(kept, cancellationToken);
        logger.EventQuarantined(id, type, reason);
    }
}
