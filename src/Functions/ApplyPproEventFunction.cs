using Azure.Storage.Queues.Models;
using Flows.Events;
using Storage;

namespace Functions;

public sealed class ApplyPproEventFunction(ApplyPproEvent flow, HandlePoison poison)
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
    ) => poison.EventAsync(message.Body.ToMemory(), cancellationToken);
}
