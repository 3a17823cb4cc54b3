using Flows.Looks;
using Microsoft.Extensions.Logging;
using Storage;

namespace Flows.Events;

/// <summary>
/// What the functions on the poison queues do. They must not fail: the host hands nothing out there again that failed
/// five times, hides it from everyone for ten minutes over and over, and lets it expire after seven days. So what
/// cannot be handled now is put back as a new message; only when the queue takes nothing either the function fails.
/// </summary>
public sealed class HandlePoison(
    IQueues queues,
    RearmLook rearmLook,
    KeepPoisonedEvent keepPoisonedEvent,
    ILogger<HandlePoison> logger
)
{
    private static readonly TimeSpan Later = TimeSpan.FromMinutes(15);

    public Task LookAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken) =>
        HandleAsync(StoreNames.DueAgreementsPoison, message, rearmLook.RunAsync, cancellationToken);

    public Task EventAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken) =>
        HandleAsync(StoreNames.PproEventsPoison, message, keepPoisonedEvent.RunAsync, cancellationToken);

    private async Task HandleAsync(
        string queue,
        ReadOnlyMemory<byte> message,
        Func<ReadOnlyMemory<byte>, CancellationToken, Task> handle,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await handle(message, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            await queues.PutAsync(queue, message, Later, cancellationToken);
            logger.PoisonPutBack(e, queue);
        }
    }
}
