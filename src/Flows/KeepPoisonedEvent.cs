using Billing;
using Microsoft.Extensions.Logging;
using Ppro;
using Storage;

namespace Flows;

/// <summary>
/// An event that failed too often: applied once more, and otherwise kept in quarantine with the error.
/// </summary>
public sealed class KeepPoisonedEvent(
    ApplyPproEvent applyPproEvent,
    Quarantine quarantine,
    TimeProvider clock,
    ILogger<KeepPoisonedEvent> logger
)
{
    public async Task RunAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        try
        {
            await applyPproEvent.RunAsync(message, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            var raw = QueuedEvent.Parse(message)?.Raw ?? message;
            var isRead = PproEventReader.TryRead(raw, out var happened);
            var id = isRead ? happened!.Id : ShortHash.Of(Convert.ToBase64String(raw.Span));
            var type = isRead ? happened!.Type : "?";
            await quarantine.KeepAsync(
                id,
                type,
                $"failed: {e.GetType().Name}",
                raw,
                clock.GetUtcNow(),
                cancellationToken
            );
            logger.EventQuarantined(id, type, e.GetType().Name);
        }
    }
}
