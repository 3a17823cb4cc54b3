using Azure.Storage.Queues;
using LocalHost.Queues;
using LocalHost.Settings;
using Microsoft.Extensions.Logging.Abstractions;
using TestKit;

namespace Azurite.Tests.LocalHostTests;

/// <summary>The Functions host's contract for queues, on real Azurite.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class PumpingQueues : IAsyncLifetime
{
    private static readonly QueueSettings Settings = new(
        16,
        8,
        MaxDequeueCount: 5,
        VisibilityTimeout: TimeSpan.Zero,
        MaxPollingInterval: TimeSpan.FromMilliseconds(200),
        IsBase64: true
    );

    private readonly CancellationTokenSource stopping = new();
    private readonly Deliveries deliveries = new();
    private readonly string connection;
    private readonly QueueServiceClient queues;

    public PumpingQueues(AzuriteFixture azurite)
    {
        connection = azurite.NewConnectionString();
        queues = new(connection, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
    }

    public async Task InitializeAsync()
    {
        await queues.GetQueueClient("sample").CreateAsync();
        await queues.GetQueueClient("sample-poison").CreateAsync();
    }

    public async Task DisposeAsync()
    {
        await stopping.CancelAsync();
        stopping.Dispose();
    }

    [Fact]
    public async Task A_message_is_run_and_gone()
    {
        await SendAsync("sample", "one");

        var pumping = Pump("sample");
        await Eventually.TrueAsync(async () => await DepthAsync("sample") is 0, "the queue is empty");
        await StopAsync(pumping);

        Assert.Equal([("one", 1L)], deliveries.Noted);
    }

    [Fact]
    public async Task A_message_that_fails_comes_again_until_it_succeeds()
    {
        deliveries.Then = message =>
            message.DequeueCount < 3 ? throw new InvalidOperationException("not yet") : Task.CompletedTask;
        await SendAsync("sample", "stubborn");

        var pumping = Pump("sample");
        await Eventually.TrueAsync(async () => await DepthAsync("sample") is 0, "the queue is empty");
        await StopAsync(pumping);

        Assert.Equal([1L, 2L, 3L], deliveries.Noted.Select(it => it.Count));
        Assert.Equal(0, await DepthAsync("sample-poison"));
    }

    [Fact]
    public async Task A_message_that_always_fails_moves_to_poison_after_five_times()
    {
        deliveries.Then = _ => throw new InvalidOperationException("never");
        await SendAsync("sample", "poison");

        var pumping = Pump("sample");
        await Eventually.TrueAsync(async () => await DepthAsync("sample-poison") is 1, "it is in poison");
        await Eventually.TrueAsync(async () => await DepthAsync("sample") is 0, "and not in the queue");
        await StopAsync(pumping);

        Assert.Equal(5, deliveries.Noted.Count);
        var poisoned = await queues.GetQueueClient("sample-poison").PeekMessageAsync();
        Assert.Equal("poison", poisoned.Value.Body.ToString());
    }

    [Fact]
    public async Task A_message_received_too_often_moves_to_poison_without_being_run()
    {
        await SendAsync("sample", "killed");
        for (var kill = 1; kill <= 5; kill++)
        {
            await Eventually.GetAsync(
                async () => (await queues.GetQueueClient("sample").ReceiveMessageAsync(TimeSpan.FromSeconds(1))).Value,
                "a receive"
            );
        }

        var pumping = Pump("sample");
        await Eventually.TrueAsync(async () => await DepthAsync("sample-poison") is 1, "it is in poison");
        await StopAsync(pumping);

        Assert.Empty(deliveries.Noted);
    }

    [Fact]
    public async Task What_fails_in_a_poison_queue_stays_there_hidden()
    {
        deliveries.Then = _ => throw new InvalidOperationException("never");
        await SendAsync("sample-poison", "stuck");

        var pumping = Pump("sample-poison");
        await Eventually.TrueAsync(() => Task.FromResult(deliveries.Noted.Count is 1), "it is run once");
        await StopAsync(pumping);

        Assert.Equal(1, await DepthAsync("sample-poison"));
        Assert.Empty((await queues.GetQueueClient("sample-poison").ReceiveMessagesAsync(1)).Value);
    }

    [Fact]
    public async Task Stopping_waits_for_what_runs()
    {
        var (started, finish) = (new TaskCompletionSource(), new TaskCompletionSource());
        deliveries.Then = async _ =>
        {
            started.SetResult();
            await finish.Task;
        };
        await SendAsync("sample", "long");
        var pumping = Pump("sample");
        await started.Task.WaitAsync(TimeSpan.FromSeconds(30));

        await stopping.CancelAsync();
        Assert.False(pumping.IsCompleted);
        finish.SetResult();
        await pumping.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(0, await DepthAsync("sample"));
    }

    [Fact]
    public async Task A_message_that_cannot_be_decoded_moves_to_poison_as_it_is_and_its_function_never_hears_of_it()
    {
        var raw = new QueueServiceClient(connection).GetQueueClient("sample");
        await raw.SendMessageAsync("no base64 at all");
        await SendAsync("sample", "the next one");

        var pumping = Pump("sample");
        await Eventually.TrueAsync(async () => await DepthAsync("sample-poison") is 1, "it is in poison");
        await Eventually.TrueAsync(async () => await DepthAsync("sample") is 0, "and not in the queue");
        await StopAsync(pumping);

        Assert.Equal([("the next one", 1L)], deliveries.Noted);
        var poisoned = await new QueueServiceClient(connection).GetQueueClient("sample-poison").PeekMessageAsync();
        Assert.Equal("no base64 at all", poisoned.Value.Body.ToString());
    }

    [Fact]
    public async Task While_there_is_no_worker_nothing_is_taken()
    {
        var worker = new TaskCompletionSource();
        await SendAsync("sample", "patient");

        var pumping = PumpOf("sample").RunAsync(worker.Task.WaitAsync, stopping.Token);
        Assert.NotNull((await queues.GetQueueClient("sample").PeekMessageAsync()).Value);
        worker.SetResult();
        await Eventually.TrueAsync(async () => await DepthAsync("sample") is 0, "the queue is empty");
        await StopAsync(pumping);

        Assert.Equal([("patient", 1L)], deliveries.Noted);
    }

    private Task Pump(string queue) => PumpOf(queue).RunAsync(_ => Task.CompletedTask, stopping.Token);

    /// <summary>As the host makes it: it decodes what it receives by itself.</summary>
    private QueuePump PumpOf(string queue) =>
        new(queue, new QueueServiceClient(connection), deliveries.NoteAsync, Settings, NullLogger.Instance);

    private async Task StopAsync(Task pumping)
    {
        await stopping.CancelAsync();
        await pumping.WaitAsync(TimeSpan.FromSeconds(30));
    }

    private Task SendAsync(string queue, string text) => queues.GetQueueClient(queue).SendMessageAsync(text);

    private async Task<int> DepthAsync(string queue) =>
        (await queues.GetQueueClient(queue).GetPropertiesAsync()).Value.ApproximateMessagesCount;
}
