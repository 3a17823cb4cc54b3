using Azure.Storage.Queues.Models;
using Flows;
using Storage;

namespace Functions;

public sealed class ApplyPproEventFunction(ApplyPproEvent flow, KeepPoisonedEvent keepPoisoned)
{
    [Function(nameof(ApplyPproEvent))]
    public Task RunAsync(
        [QueueTrigger(StoreNames.PproEvents)] QueueMessage message,
        CancellationToken cancellationToken
    ) => flow.RunAsync(message.Body.ToMemory(), cancellationToken);

    [Function(nameof(KeepPoisonedEvent))]
    public Task KeepPoisonedAsync(
        [QueueTrigger(StoreNames.PproEventsPoison)] QueueMessage message,
        CancellationToken cancellationToken
    ) => keepPoisoned.RunAsync(message.Body.ToMemory(), cancellationToken);
}
