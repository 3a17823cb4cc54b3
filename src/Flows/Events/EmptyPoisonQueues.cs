using Flows.Looks;
using Microsoft.Extensions.Logging;
using Storage;

namespace Flows.Events;

/// <summary>
/// What failed five times lies in a poison queue, to which no function listens: the host would hand out nothing there
/// that fails again, hide it from everyone, and let it expire after seven days. With our own client, a look becomes a
/// wake-up again, and an event is applied or kept in quarantine; only then its message goes.
/// </summary>
public sealed class EmptyPoisonQueues(
    IQueues queues,
    RearmLook rearmLook,
    KeepPoisonedEvent keepPoisonedEvent,
    TimeProvider clock,
    ILogger<EmptyPoisonQueues> logger
)
{
    /// <summary>What has just failed would fail again.</summary>
    public static TimeSpan OlderThan { get; } = TimeSpan.FromMinutes(1);

    /// <summary>Of one queue, in one run: what is then left over waits for the next.</summary>
    private const int MaxReceives = 200;

    /// <summary>Long enough for an event that PPRO has to be asked about; and a young one is soon seen again.</summary>
    private static readonly TimeSpan Hidden = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan MaxTime = TimeSpan.FromMinutes(2);

    /// <summary>How many messages were emptied. It may run beside itself, and be called again at any time.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken) =>
        await EmptyAsync(StoreNames.DueAgreementsPoison, rearmLook.RunAsync, cancellationToken)
        + await EmptyAsync(StoreNames.PproEventsPoison, keepPoisonedEvent.RunAsync, cancellationToken);

    private async Task<int> EmptyAsync(
        string queue,
        Func<ReadOnlyMemory<byte>, CancellationToken, Task> handle,
        CancellationToken cancellationToken
    )
    {
        var (emptied, start) = (0, clock.GetTimestamp());
        for (var receives = 0; receives < MaxReceives && clock.GetElapsedTime(start) < MaxTime; receives++)
        {
            if (await queues.ReceiveAsync(queue, 1, Hidden, cancellationToken) is not [var message])
            {
                break;
            }

            var isEmptied = IsOld(message) && await TryEmptyAsync(queue, message, handle, cancellationToken);
            emptied += isEmptied ? 1 : 0;
        }

        if (emptied > 0)
        {
            logger.PoisonEmptied(queue, emptied);
        }

        return emptied;
    }

    /// <summary>One that cannot be handled stays for the next time, and does not stop the others.</summary>
    private async Task<bool> TryEmptyAsync(
        string queue,
        ReceivedMessage message,
        Func<ReadOnlyMemory<byte>, CancellationToken, Task> handle,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await handle(message.Body, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            logger.PoisonStays(e, queue, message.Id);
            return false;
        }

        await queues.DeleteAsync(queue, message, cancellationToken);
        return true;
    }

    private bool IsOld(ReceivedMessage message) => clock.GetUtcNow() - message.InsertedAt > OlderThan;
}
