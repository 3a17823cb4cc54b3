using Azure.Storage.Queues.Models;
using Flows.Events;
using Flows.Looks;
using Storage;

namespace Functions;

public sealed class LookAtAgreementFunction(LookAtAgreement flow, HandlePoison poison)
{
    [Function(nameof(LookAtAgreement))]
    public Task RunAsync(
        [QueueTrigger(StoreNames.DueAgreements)] QueueMessage message,
        CancellationToken cancellationToken
    ) => flow.RunAsync(message.Body.ToMemory(), cancellationToken);

    [Function(nameof(RearmLook))]
    public Task RearmAsync(
        [QueueTrigger(StoreNames.DueAgreementsPoison)] QueueMessage message,
        CancellationToken cancellationToken
    ) => poison.LookAsync(message.Body.ToMemory(), cancellationToken);
}
