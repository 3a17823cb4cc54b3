namespace Flows.Events;

/// <summary>
/// An event that failed too often: applied once more, and otherwise kept in quarantine with the error.
/// </summary>
public sealed class KeepPoisonedEvent(ApplyPproEvent applyPproEvent, EventQuarantine quarantine)
{
    public async Task RunAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        try
        {
            await applyPproEvent.RunAsync(message, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            var reason = $"failed: {e.GetType().Name}";
            await quarantine.KeepAsync(QueuedEvent.Parse(message), message, reason, cancellationToken);
        }
    }
}
