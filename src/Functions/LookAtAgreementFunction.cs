using Azure.Storage.Queues.Models;
using Flows.Looks;
using Storage;

namespace Functions;

public sealed class LookAtAgreementFunction(LookAtAgreement flow)
{
    [Function(nameof(LookAtAgreement))]
    public Task RunAsync(
        [QueueTrigger(StoreNames.DueAgreements)] QueueMessage message,
        CancellationToken cancellationToken
    ) => flow.RunAsync(QueueText.Read(message.MessageText), cancellationToken);
}
