using System.Threading.Channels;
using Grpc.Core;
using LocalHost.Rpc;

namespace HostTests;

/// <summary>The conversation itself, with a worker that is played here.</summary>
public sealed class SpeakingToWorkers : IAsyncLifetime
{
    private readonly PlayedWorker worker = new();
    private readonly List<RpcLog> logs = [];
    private WorkerStream stream = null!;
    private Task carrying = Task.CompletedTask;

    public Task InitializeAsync()
    {
        stream = new(logs.Add);
        carrying = stream.RunAsync(worker, worker, CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        stream.Close();
        await carrying;
    }

    [Fact]
    public async Task An_empty_answer_to_a_cancel_is_ignored_and_the_functions_own_is_awaited()
    {
        using var cancelling = new CancellationTokenSource();
        var invocation = stream.InvokeAsync(new() { InvocationId = "1" }, cancelling.Token);
        await worker.HearAsync();
        await cancelling.CancelAsync();
        var cancel = await worker.HearAsync();

        worker.Say(new() { RequestId = cancel.RequestId });
        worker.Say(new() { RpcLog = new() { Message = "heard" } });
        worker.Say(new() { InvocationResponse = new() { InvocationId = "1" } });

        Assert.Equal("1", cancel.InvocationCancel.InvocationId);
        Assert.Equal("1", (await invocation).InvocationId);
        Assert.Equal("heard", Assert.Single(logs).Message);
    }

    [Fact]
    public void A_status_that_is_missing_is_a_failure()
    {
        Assert.False(((StatusResult?)null).IsSuccess());
        Assert.False(new StatusResult().IsSuccess());
        Assert.True(new StatusResult { Status = StatusResult.Types.Status.Success }.IsSuccess());
        var failed = new StatusResult
        {
            Exception = new() { Type = "T", Message = "why" },
        };
        Assert.Equal("T: why", Assert.Throws<FunctionFailedException>(failed.ThrowUnlessSuccess).Message);
    }

    [Fact]
    public async Task Whoever_waits_hears_that_the_worker_is_gone()
    {
        var invocation = stream.InvokeAsync(new() { InvocationId = "1" }, CancellationToken.None);
        var question = stream.AskAsync(new() { WorkerInitRequest = new() }, CancellationToken.None);

        worker.Leave();

        await Assert.ThrowsAsync<WorkerGoneException>(() => invocation);
        await Assert.ThrowsAsync<WorkerGoneException>(() => question);
        await Assert.ThrowsAsync<WorkerGoneException>(() =>
            stream.InvokeAsync(new() { InvocationId = "2" }, CancellationToken.None)
        );
    }

    private sealed class PlayedWorker : IAsyncStreamReader<StreamingMessage>, IServerStreamWriter<StreamingMessage>
    {
        private readonly Channel<StreamingMessage> toHost = Channel.CreateUnbounded<StreamingMessage>();
        private readonly Channel<StreamingMessage> toWorker = Channel.CreateUnbounded<StreamingMessage>();

        public StreamingMessage Current { get; private set; } = new();

        public WriteOptions? WriteOptions { get; set; }

        public async Task<bool> MoveNext(CancellationToken cancellationToken)
        {
            if (!await toHost.Reader.WaitToReadAsync(cancellationToken))
            {
                return false;
            }

            Current = await toHost.Reader.ReadAsync(cancellationToken);
            return true;
        }

        public Task WriteAsync(StreamingMessage message) => toWorker.Writer.WriteAsync(message).AsTask();

        public Task WriteAsync(StreamingMessage message, CancellationToken cancellationToken) => WriteAsync(message);

        public void Say(StreamingMessage message) => toHost.Writer.TryWrite(message);

        public void Leave() => toHost.Writer.Complete();

        public async Task<StreamingMessage> HearAsync()
        {
            using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            return await toWorker.Reader.ReadAsync(deadline.Token);
        }
    }
}
