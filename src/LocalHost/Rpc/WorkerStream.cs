using System.Collections.Concurrent;
using System.Threading.Channels;
using Grpc.Core;

namespace LocalHost.Rpc;

/// <summary>
/// The conversation with one worker. What is sent goes through a channel with one writer, since a stream takes no two
/// at a time; an answer finds its question by the request's id, and an invocation's by the invocation's. Log lines are
/// heard in the order in which they came.
/// </summary>
internal sealed class WorkerStream(Action<RpcLog> onLog)
{
    private readonly Channel<StreamingMessage> outgoing = Channel.CreateUnbounded<StreamingMessage>(
        new UnboundedChannelOptions { SingleReader = true }
    );
    private readonly ConcurrentDictionary<string, TaskCompletionSource<StreamingMessage>> questions = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<InvocationResponse>> invocations = new();
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Until nothing is heard any more.</summary>
    public Task Ended => ended.Task;

    /// <summary>Carries messages until the worker is gone, or it is closed here.</summary>
    public async Task RunAsync(
        IAsyncStreamReader<StreamingMessage> reader,
        IServerStreamWriter<StreamingMessage> writer,
        CancellationToken aborted
    )
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        var carrying = CarryAsync(reader, writer, either.Token);
        await Task.WhenAny(carrying, Ended);
        await either.CancelAsync();
        await carrying.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Close();
    }

    /// <summary>Asks and awaits the answer.</summary>
    public async Task<StreamingMessage> AskAsync(StreamingMessage question, CancellationToken cancellationToken)
    {
        question.RequestId = Guid.NewGuid().ToString();
        var answer = new TaskCompletionSource<StreamingMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        questions[question.RequestId] = answer;
        try
        {
            Send(question);
            return await answer.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            questions.TryRemove(question.RequestId, out _);
        }
    }

    /// <summary>Runs a function; when it is no longer wanted the worker is told, and still awaited.</summary>
    public async Task<InvocationResponse> InvokeAsync(InvocationRequest request, CancellationToken cancellationToken)
    {
        var answer = new TaskCompletionSource<InvocationResponse>(TaskCreationOptions.RunContinuationsAsynchronously);
        invocations[request.InvocationId] = answer;
        try
        {
            Send(new() { RequestId = request.InvocationId, InvocationRequest = request });
            await using var _ = cancellationToken.Register(() => Cancel(request.InvocationId));
            return await answer.Task;
        }
        finally
        {
            invocations.TryRemove(request.InvocationId, out _);
        }
    }

    public void Terminate(TimeSpan grace) =>
        TrySend(
            new()
            {
                RequestId = Guid.NewGuid().ToString(),
                WorkerTerminate = new() { GracePeriod = Google.Protobuf.WellKnownTypes.Duration.FromTimeSpan(grace) },
            }
        );

    /// <summary>Whoever still waits hears that the worker is gone.</summary>
    public void Close()
    {
        outgoing.Writer.TryComplete();
        ended.TrySetResult();
        foreach (var waiting in questions.Values)
        {
            waiting.TrySetException(new WorkerGoneException());
        }

        foreach (var waiting in invocations.Values)
        {
            waiting.TrySetException(new WorkerGoneException());
        }
    }

    private void Cancel(string invocationId) =>
        TrySend(
            new()
            {
                RequestId = Guid.NewGuid().ToString(),
                InvocationCancel = new() { InvocationId = invocationId },
            }
        );

    private void Send(StreamingMessage message)
    {
        if (!TrySend(message) || ended.Task.IsCompleted)
        {
            throw new WorkerGoneException();
        }
    }

    private bool TrySend(StreamingMessage message) => outgoing.Writer.TryWrite(message);

    private async Task CarryAsync(
        IAsyncStreamReader<StreamingMessage> reader,
        IServerStreamWriter<StreamingMessage> writer,
        CancellationToken cancellationToken
    )
    {
        var writing = WriteAsync(writer, cancellationToken);
        while (await reader.MoveNext(cancellationToken))
        {
            Hear(reader.Current);
        }

        outgoing.Writer.TryComplete();
        await writing;
    }

    private async Task WriteAsync(IServerStreamWriter<StreamingMessage> writer, CancellationToken cancellationToken)
    {
        await foreach (var message in outgoing.Reader.ReadAllAsync(cancellationToken))
        {
            await writer.WriteAsync(message, cancellationToken);
        }
    }

    /// <summary>A message without content answers a cancel, and says nothing.</summary>
    private void Hear(StreamingMessage message)
    {
        switch (message.ContentCase)
        {
            case StreamingMessage.ContentOneofCase.None:
                break;
            case StreamingMessage.ContentOneofCase.RpcLog:
                onLog(message.RpcLog);
                break;
            case StreamingMessage.ContentOneofCase.InvocationResponse:
                if (invocations.TryGetValue(message.InvocationResponse.InvocationId, out var invocation))
                {
                    invocation.TrySetResult(message.InvocationResponse);
                }

                break;
            default:
                if (questions.TryGetValue(message.RequestId, out var question))
                {
                    question.TrySetResult(message);
                }

                break;
        }
    }
}

/// <summary>The worker ended, or is not there, while something was wanted of it.</summary>
internal sealed class WorkerGoneException() : Exception("The worker is gone.");

/// <summary>A function failed in the worker.</summary>
internal sealed class FunctionFailedException(RpcException? exception)
    : Exception(exception is null ? "The worker gave no reason." : $"{exception.Type}: {exception.Message}")
{
    /// <summary>What the worker says of it.</summary>
    public string? Details => exception?.StackTrace;
}
