using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;

namespace LocalHost.Queues;

/// <summary>Keeps a message hidden while its function runs, and lets it go afterwards.</summary>
internal sealed class MessageLease : IAsyncDisposable
{
    private readonly TimeSpan duration;
    private readonly QueueClient queue;
    private readonly string id;
    private readonly CancellationTokenSource ended = new();
    private readonly Task renewing;
    private string receipt;

    public MessageLease(QueueClient queue, QueueMessage message, TimeSpan duration)
    {
        (this.queue, id, receipt, this.duration) = (queue, message.MessageId, message.PopReceipt, duration);
        renewing = RenewAsync();
    }

    public async Task DeleteAsync()
    {
        await EndAsync();
        await IgnoreLostAsync(() => queue.DeleteMessageAsync(id, receipt));
    }

    public async Task ReleaseAsync(TimeSpan visibleAfter)
    {
        await EndAsync();
        await IgnoreLostAsync(() => queue.UpdateMessageAsync(id, receipt, visibilityTimeout: visibleAfter));
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        ended.Dispose();
    }

    private async Task EndAsync()
    {
        await ended.CancelAsync();
        await renewing;
    }

    private async Task RenewAsync()
    {
        while (true)
        {
            await Task.Delay(duration / 2, ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (ended.IsCancellationRequested)
            {
                return;
            }

            await IgnoreLostAsync(async () =>
                receipt = (await queue.UpdateMessageAsync(id, receipt, visibilityTimeout: duration)).Value.PopReceipt
            );
        }
    }

    /// <summary>A message that is no longer ours has been handed out again: whoever has it now decides.</summary>
    private static async Task IgnoreLostAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (RequestFailedException)
        {
            // Also when storage is away: the lease then ends by itself, and the message comes again.
        }
    }
}
