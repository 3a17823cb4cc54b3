using System.Collections.Concurrent;
using Grpc.Core;

namespace LocalHost.Rpc;

/// <summary>
/// Where workers open their stream. Only one that was announced here, by the id that it was started with, comes in;
/// each once.
/// </summary>
internal sealed class WorkerDoor(WorkerLogs logs) : FunctionRpc.FunctionRpcBase
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<WorkerStream>> awaited = new();

    /// <summary>The worker's stream, as soon as it has said who it is.</summary>
    public async Task<WorkerStream> ExpectAsync(string workerId, CancellationToken cancellationToken)
    {
        var arrival = new TaskCompletionSource<WorkerStream>(TaskCreationOptions.RunContinuationsAsynchronously);
        awaited[workerId] = arrival;
        try
        {
            return await arrival.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            awaited.TryRemove(workerId, out _);
        }
    }

    public override async Task EventStream(
        IAsyncStreamReader<StreamingMessage> requestStream,
        IServerStreamWriter<StreamingMessage> responseStream,
        ServerCallContext context
    )
    {
        if (
            !await requestStream.MoveNext(context.CancellationToken)
            || requestStream.Current.StartStream is not { } start
            || !awaited.TryRemove(start.WorkerId, out var arrival)
        )
        {
            throw new global::Grpc.Core.RpcException(
                new global::Grpc.Core.Status(StatusCode.PermissionDenied, "This worker is not expected here.")
            );
        }

        var stream = new WorkerStream(logs.Write);
        arrival.TrySetResult(stream);
        await stream.RunAsync(requestStream, responseStream, context.CancellationToken);
    }
}
