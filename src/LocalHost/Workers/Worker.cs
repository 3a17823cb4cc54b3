using LocalHost.Children;
using LocalHost.Rpc;

namespace LocalHost.Workers;

/// <summary>A worker that is ready: its process, its stream, where its HTTP is, and its functions.</summary>
internal sealed class Worker(
    ChildProcess child,
    WorkerStream stream,
    Uri http,
    IReadOnlyList<RpcFunctionMetadata> functions
) : IAsyncDisposable
{
    /// <summary>From the end of its stream to the end of its process.</summary>
    private static readonly TimeSpan Dying = TimeSpan.FromSeconds(1);

    public int ProcessId { get; } = child.Id;

    public Uri Http => http;

    public IReadOnlyList<RpcFunctionMetadata> Functions => functions;

    /// <summary>Until it has ended, or says nothing any more.</summary>
    public Task Ended { get; } = Task.WhenAny(child.WaitForExitAsync(CancellationToken.None), stream.Ended);

    public async Task InvokeAsync(InvocationRequest request, CancellationToken cancellationToken)
    {
        var answer = await stream.InvokeAsync(request, cancellationToken);
        answer.Result.ThrowUnlessSuccess();
    }

    /// <summary>Tells it to end, and gives it a while; nothing may run in it any more.</summary>
    public async Task TerminateAsync(TimeSpan within)
    {
        stream.Terminate(within);
        using var patience = new CancellationTokenSource(within);
        await child.WaitForExitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Ends what is left of it, and tells whoever waits; its exit code, if it ended by itself.</summary>
    public async Task<int?> EndAsync()
    {
        stream.Close();
        using var patience = new CancellationTokenSource(Dying);
        await child.WaitForExitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        int? code = child.HasExited ? child.ExitCode : null;
        await child.DisposeAsync();
        return code;
    }

    public async ValueTask DisposeAsync() => await EndAsync();
}
