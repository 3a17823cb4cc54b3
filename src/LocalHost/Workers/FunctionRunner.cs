using System.Diagnostics;
using LocalHost.Rpc;

namespace LocalHost.Workers;

/// <summary>Runs functions in the worker, and knows how many run.</summary>
internal sealed class FunctionRunner(Supervisor workers)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);
    private int running;

    /// <summary>A function has come to its end, and may have left work for another.</summary>
    public event Action? Ended;

    /// <summary>How many functions run now.</summary>
    public int Running => Volatile.Read(ref running);

    /// <summary>
    /// In the worker that is ready; only the wait for one can be cancelled: what runs comes to its end.
    /// </summary>
    public async Task InvokeAsync(
        WorkerFunction function,
        TypedData data,
        IReadOnlyDictionary<string, TypedData> metadata,
        CancellationToken waiting
    )
    {
        var worker = await workers.ReadyAsync(waiting);
        await InvokeAsync(worker, Guid.NewGuid().ToString(), function, data, metadata, CancellationToken.None);
    }

    /// <summary>In this worker and under this id.</summary>
    public async Task InvokeAsync(
        Worker worker,
        string id,
        WorkerFunction function,
        TypedData data,
        IReadOnlyDictionary<string, TypedData> metadata,
        CancellationToken cancellationToken
    )
    {
        // Without a trace context, be it an empty one, the worker fails every invocation.
        var trace = new RpcTraceContext
        {
            TraceParent = Activity.Current?.Id ?? string.Empty,
            TraceState = Activity.Current?.TraceStateString ?? string.Empty,
        };
        var request = new InvocationRequest
        {
            InvocationId = id,
            FunctionId = function.Id,
            TraceContext = trace,
            InputData =
            {
                new ParameterBinding { Name = function.Parameter, Data = data },
            },
            TriggerMetadata = { metadata.ToDictionary() },
        };
        Interlocked.Increment(ref running);
        try
        {
            await worker.InvokeAsync(request, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref running);
            Ended?.Invoke();
        }
    }

    /// <summary>Until nothing runs any more, or this long.</summary>
    public async Task DrainAsync(TimeSpan within)
    {
        var start = Stopwatch.GetTimestamp();
        while (Running > 0 && Stopwatch.GetElapsedTime(start) < within)
        {
            await Task.Delay(Poll);
        }
    }
}
