using LocalHost.Rpc;
using LocalHost.Running;
using Microsoft.Extensions.Logging;

namespace LocalHost.Workers;

/// <summary>
/// Keeps one worker ready: one that ends is followed by another at once, and whoever needs it waits. One that ends
/// again and again before it is ready ends the host.
/// </summary>
internal sealed class Supervisor(WorkerStarter starter, WorkerOptions options, ILogger<Supervisor> logger)
    : IAsyncDisposable
{
    private const int MaxFailures = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private readonly CancellationTokenSource stopping = new();
    private TaskCompletionSource<Worker> ready = NewReady();
    private Task watching = Task.CompletedTask;

    /// <summary>Starts the first worker: if that cannot start, none will.</summary>
    public async Task<Worker> StartAsync(CancellationToken cancellationToken)
    {
        var worker = await starter.StartAsync(cancellationToken);
        ready.SetResult(worker);
        return worker;
    }

    /// <summary>Until it is stopped, or no worker can be had any more.</summary>
    public Task WatchAsync() => watching = FollowAsync();

    /// <summary>The worker that is ready; waits for one, but not for ever.</summary>
    public async Task<Worker> ReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await Volatile.Read(ref ready).Task.WaitAsync(options.RequestsWait, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw new WorkerGoneException();
        }
    }

    /// <summary>Until it is known that this worker has ended.</summary>
    public async Task LostAsync(Worker worker, CancellationToken cancellationToken)
    {
        try
        {
            await worker.Ended.WaitAsync(options.RequestsWait, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw new WorkerGoneException();
        }
    }

    /// <summary>As long as it takes.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) =>
        Volatile.Read(ref ready).Task.WaitAsync(cancellationToken);

    /// <summary>Ends the worker, in which nothing may run any more.</summary>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (Volatile.Read(ref ready).Task is { IsCompletedSuccessfully: true, Result: var worker })
        {
            await worker.TerminateAsync(options.EndsWithin);
            await worker.EndAsync();
        }

        stopping.Dispose();
    }

    private async Task FollowAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            var worker = await ready.Task;
            await worker.Ended.WaitAsync(stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stopping.IsCancellationRequested)
            {
                return;
            }

            Volatile.Write(ref ready, NewReady());
            var code = await worker.EndAsync();
            logger.WorkerEnded(worker.ProcessId, code is { } number ? $"{number}" : "none, it only went silent");
            await ReplaceAsync();
        }
    }

    private async Task ReplaceAsync()
    {
        for (var failures = 0; !stopping.IsCancellationRequested; )
        {
            try
            {
                var worker = await starter.StartAsync(stopping.Token);
                logger.WorkerStarted(worker.ProcessId);
                ready.SetResult(worker);
                return;
            }
            catch (LocalHostException e) when (++failures < MaxFailures)
            {
                logger.WorkerNotStarted(e.Message);
                await Task.Delay(Pause * failures, stopping.Token)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private static TaskCompletionSource<Worker> NewReady() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
