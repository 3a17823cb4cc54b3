using System.Diagnostics;
using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using LocalHost.Queues;
using LocalHost.Settings;
using Microsoft.Extensions.Logging.Abstractions;
using TestKit;

namespace HostTests;

/// <summary>An empty queue is asked less and less often; who knows of a message says so.</summary>
public sealed class NudgingQueues
{
    private static readonly QueueSettings Settings = new(16, 8, 5, TimeSpan.Zero, TimeSpan.FromMinutes(1), false);

    [Fact]
    public async Task A_pump_that_is_nudged_looks_at_once()
    {
        var queue = new EmptyQueue();
        var pump = new QueuePump("work", new Service(queue), _ => Task.CompletedTask, Settings, NullLogger.Instance);
        using var stopping = new CancellationTokenSource();
        var running = pump.RunAsync(_ => Task.CompletedTask, stopping.Token);
        await Eventually.TrueAsync(() => Task.FromResult(queue.Asked >= 6), "its pauses have become long");
        var (asked, at) = (queue.Asked, Stopwatch.GetTimestamp());

        pump.Nudge();

        await Eventually.TrueAsync(() => Task.FromResult(queue.Asked > asked), "it has looked again");
        Assert.InRange(Stopwatch.GetElapsedTime(at), TimeSpan.Zero, TimeSpan.FromSeconds(3));
        await stopping.CancelAsync();
        await running;
    }

    private sealed class Service(QueueClient queue) : QueueServiceClient
    {
        public override QueueClient GetQueueClient(string queueName) => queue;
    }

    private sealed class EmptyQueue : QueueClient
    {
        private int asked;

        public int Asked => Volatile.Read(ref asked);

        public override Task<Response<QueueMessage[]>> ReceiveMessagesAsync(
            int? maxMessages,
            TimeSpan? visibilityTimeout,
            CancellationToken cancellationToken
        )
        {
            Interlocked.Increment(ref asked);
            return Task.FromResult(Response.FromValue<QueueMessage[]>([], null!));
        }
    }
}
