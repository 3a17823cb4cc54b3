using Flows.Events;
using Flows.Looks;
using Storage;

namespace JourneyKit;

/// <summary>Makes a message that is in someone's hands visible at once; false when it is gone.</summary>
public delegate Task<bool> ShowAgain(string queue, ReceivedMessage message);

/// <summary>
/// What the Functions host does with a message: hands it to its flow, deletes it when that succeeded, shows it again
/// when it failed, and moves it to poison when it failed five times. A message in poison it handles as the timer does.
/// </summary>
public sealed class QueueWorker(Journey journey, ShowAgain showAgain)
{
    private const int MaxDequeues = 5;
    private const int BatchSize = 32;
    private static readonly TimeSpan Hidden = TimeSpan.FromMinutes(10);
    private readonly IQueues queues = journey.Get<IQueues>();

    public Task<IReadOnlyList<ReceivedMessage>> ReceiveAsync(string queue) =>
        queues.ReceiveAsync(queue, BatchSize, Hidden, CancellationToken.None);

    /// <summary>What the flow threw; null when the message is done.</summary>
    public async Task<Exception?> HandleAsync(string queue, ReceivedMessage message)
    {
        try
        {
            await RunAsync(queue, message.Body);
        }
        catch (Exception e)
        {
            await GiveBackAsync(queue, message);
            return e;
        }

        await queues.DeleteAsync(queue, message, CancellationToken.None);
        return null;
    }

    private async Task GiveBackAsync(string queue, ReceivedMessage message)
    {
        var isPoison = queue.EndsWith("-poison", StringComparison.Ordinal);
        if (isPoison || message.DequeueCount < MaxDequeues)
        {
            await showAgain(queue, message);
            return;
        }

        await queues.PutAsync($"{queue}-poison", message.Body, TimeSpan.Zero, CancellationToken.None);
        await queues.DeleteAsync(queue, message, CancellationToken.None);
    }

    private Task RunAsync(string queue, ReadOnlyMemory<byte> body) =>
        queue switch
        {
            StoreNames.DueAgreements => journey.Get<LookAtAgreement>().RunAsync(body, CancellationToken.None),
            StoreNames.DueAgreementsPoison => journey.Get<RearmLook>().RunAsync(body, CancellationToken.None),
            StoreNames.PproEvents => journey.Get<ApplyPproEvent>().RunAsync(body, CancellationToken.None),
            StoreNames.PproEventsPoison => journey.Get<KeepPoisonedEvent>().RunAsync(body, CancellationToken.None),
            _ => throw new ArgumentException($"No flow listens to {queue}."),
        };
}
