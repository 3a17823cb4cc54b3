using System.Threading.Channels;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using LocalHost.Running;
using LocalHost.Settings;
using Microsoft.Extensions.Logging;

namespace LocalHost.Queues;

/// <summary>
/// Hands a queue's messages to its function, as the Functions host does: at least once, a batch at a time, hidden
/// while they run, shown again after a failure, and moved to poison when they were received too often.
/// </summary>
internal sealed class QueuePump(
    string queueName,
    QueueServiceClient service,
    Func<QueueMessage, Task> runAsync,
    QueueSettings settings,
    ILogger logger
)
{
    private static readonly TimeSpan ShortestPoll = TimeSpan.FromMilliseconds(100);
    private readonly QueueClient queue = service.GetQueueClient(queueName);
    private readonly HashSet<Task> underway = [];
    private readonly Channel<bool> nudges = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );

    public string QueueName => queue.Name;

    public Task PrepareAsync(CancellationToken cancellationToken) =>
        queue.CreateIfNotExistsAsync(cancellationToken: cancellationToken);

    /// <summary>Looks at once, where it would wait: there may be a message.</summary>
    public void Nudge() => nudges.Writer.TryWrite(true);

    /// <summary>About how many messages there are, those that are hidden or running included.</summary>
    public async Task<int> DepthAsync(CancellationToken cancellationToken) =>
        (await queue.GetPropertiesAsync(cancellationToken)).Value.ApproximateMessagesCount;

    /// <summary>
    /// Runs until stopped, whatever a message holds and whatever storage answers; then waits for the messages it has
    /// taken. Nothing is taken while there is no worker.
    /// </summary>
    public async Task RunAsync(Func<CancellationToken, Task> workerAsync, CancellationToken stopping)
    {
        var poll = ShortestPoll;
        while (!stopping.IsCancellationRequested)
        {
            underway.RemoveWhere(it => it.IsCompleted);
            if (underway.Count > settings.NewBatchThreshold)
            {
                await Task.WhenAny(underway);
                continue;
            }

            await workerAsync(stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var taken = await TakeAsync(stopping);
            foreach (var message in taken)
            {
                underway.Add(ProcessAsync(message));
            }

            poll = taken.Length > 0 ? ShortestPoll : Longer(poll);
            if (taken.Length is 0)
            {
                await PauseAsync(poll, stopping);
            }
        }

        await Task.WhenAll(underway);
    }

    /// <summary>So long, or until it is nudged.</summary>
    private async Task PauseAsync(TimeSpan pause, CancellationToken stopping)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        end.CancelAfter(pause);
        var nudge = nudges.Reader.ReadAsync(end.Token).AsTask();
        await ((Task)nudge).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private TimeSpan Longer(TimeSpan poll) =>
        poll * 2 < settings.MaxPollingInterval ? poll * 2 : settings.MaxPollingInterval;

    private async Task<QueueMessage[]> TakeAsync(CancellationToken stopping)
    {
        try
        {
            return await queue.ReceiveMessagesAsync(Math.Min(settings.BatchSize, 32), settings.Lease, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return [];
        }
        catch (Exception e)
        {
            logger.QueueUnreadable(e, queue.Name);
            return [];
        }
    }

    private async Task ProcessAsync(QueueMessage message)
    {
        await using var lease = new MessageLease(queue, message, settings.Lease);
        try
        {
            await ProcessAsync(message, lease);
        }
        catch (Exception e)
        {
            // The message comes again when its lease ends.
            logger.MessageNotSettled(e, queue.Name);
        }
    }

    private async Task ProcessAsync(QueueMessage message, MessageLease lease)
    {
        if (message.DequeueCount > settings.MaxDequeueCount)
        {
            await PoisonAsync(message, lease);
        }
        else if (await TryRunAsync(message))
        {
            await lease.DeleteAsync();
        }
        else
        {
            await FailAsync(message, lease);
        }
    }

    /// <summary>One that cannot be decoded has failed: its function never hears of it.</summary>
    private async Task<bool> TryRunAsync(QueueMessage message)
    {
        if (QueueData.Decode(message, settings.IsBase64) is not { } decoded)
        {
            logger.Undecodable(queue.Name, message.DequeueCount);
            return false;
        }

        try
        {
            await runAsync(decoded);
            return true;
        }
        catch (Exception e)
        {
            logger.MessageFailed(e, queue.Name);
            return false;
        }
    }

    private async Task FailAsync(QueueMessage message, MessageLease lease)
    {
        if (message.DequeueCount >= settings.MaxDequeueCount)
        {
            await PoisonAsync(message, lease);
        }
        else if (!IsPoison)
        {
            await lease.ReleaseAsync(settings.VisibilityTimeout);
        }
    }

    private bool IsPoison => queue.Name.EndsWith("-poison", StringComparison.Ordinal);

    /// <summary>A poison queue has none of its own: what fails there stays hidden until its lease ends.</summary>
    private async Task PoisonAsync(QueueMessage message, MessageLease lease)
    {
        if (IsPoison)
        {
            return;
        }

        var poison = service.GetQueueClient(queue.Name + "-poison");
        logger.Poisoned(queue.Name, message.DequeueCount, poison.Name);
        await poison.CreateIfNotExistsAsync();
        await poison.SendMessageAsync(message.Body);
        await lease.DeleteAsync();
    }
}
