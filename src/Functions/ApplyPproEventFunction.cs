using Azure.Storage.Queues.Models;
using Flows.Events;
using Storage;

namespace Functions;

public sealed class ApplyPproEventFunction(ApplyPproEvent flow)
{
    [Function(nameof(ApplyPproEvent))]
    public Task RunAsync(
        [QueueTrigger(StoreNames.PproEvents)] QueueMessage message,
        CancellationToken cancellationToken
    ) => flow.RunAsync(QueueText.Read(message.MessageText), cancellationToken);
}
