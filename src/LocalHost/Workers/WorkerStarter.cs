using LocalHost.Children;
using LocalHost.Rpc;

namespace LocalHost.Workers;

/// <summary>
/// Starts a worker and asks it for its functions. What is wrong with it is said in one sentence, and nothing of it is
/// left running.
/// </summary>
internal sealed class WorkerStarter(
    WorkerCommand command,
    WorkerDoor door,
    Uri rpc,
    string appFolder,
    WorkerOptions options
)
{
    private static readonly string[] Needed =
    [
        "HttpUri",
        "HandlesInvocationCancelMessage",
        "HandlesWorkerTerminateMessage",
    ];

    public async Task<Worker> StartAsync(CancellationToken cancellationToken)
    {
        var output = new WorkerOutput();
        var id = Guid.NewGuid().ToString();
        var child = ChildProcess.Start(command.For(id, rpc), output.Hear);
        try
        {
            var worker = await GreetAsync(child, id, output, cancellationToken);
            output.Release();
            return worker;
        }
        catch
        {
            await child.DisposeAsync();
            throw;
        }
    }

    private async Task<Worker> GreetAsync(
        ChildProcess child,
        string id,
        WorkerOutput output,
        CancellationToken cancellationToken
    )
    {
        var start = new Start(child, output, cancellationToken);
        var stream = await start.AwaitAsync(it => door.ExpectAsync(id, it), options.ConnectsWithin, "did not connect");
        var init = await AskAsync(start, stream, Init(), "answered no init");
        Require(init.WorkerInitResponse?.Result, "did not initialise");
        var http = HttpOf(init.WorkerInitResponse!);
        var asked = new StreamingMessage { FunctionsMetadataRequest = new() { FunctionAppDirectory = appFolder } };
        var told = await AskAsync(start, stream, asked, "did not tell its functions");
        Require(told.FunctionMetadataResponse?.Result, "could not tell its functions");
        IReadOnlyList<RpcFunctionMetadata> functions = told.FunctionMetadataResponse!.FunctionMetadataResults;
        foreach (var function in functions)
        {
            var load = new FunctionLoadRequest { FunctionId = function.FunctionId, Metadata = function };
            var loaded = await AskAsync(start, stream, new() { FunctionLoadRequest = load }, "did not load a function");
            Require(loaded.FunctionLoadResponse?.Result, $"could not load {function.Name}");
        }

        await start.AwaitAsync(it => ListensAsync(http, it), options.AnswersWithin, "does not listen for HTTP");
        return new(child, stream, http, functions);
    }

    private Task<StreamingMessage> AskAsync(
        Start start,
        WorkerStream stream,
        StreamingMessage question,
        string otherwise
    ) => start.AwaitAsync(it => stream.AskAsync(question, it), options.AnswersWithin, otherwise);

    private StreamingMessage Init() =>
        new()
        {
            WorkerInitRequest = new()
            {
                HostVersion = "4.0.0.0",
                WorkerDirectory = appFolder,
                FunctionAppDirectory = appFolder,
            },
        };

    private static Uri HttpOf(WorkerInitResponse init) =>
        Needed.FirstOrDefault(name => !init.Capabilities.ContainsKey(name)) is { } missing
            ? throw new LocalHostException(
                $"The worker cannot be run here: it lacks {missing}. Does it call ConfigureFunctionsWebApplication?"
            )
            : new(init.Capabilities["HttpUri"]);

    private static async Task<bool> ListensAsync(Uri http, CancellationToken cancellationToken)
    {
        while (!await Ports.AnswersAsync(http.Port, cancellationToken))
        {
            await Task.Delay(20, cancellationToken);
        }

        return true;
    }

    private static void Require(StatusResult? result, string otherwise)
    {
        if (!result.IsSuccess())
        {
            throw new LocalHostException(
                $"The worker {otherwise}: {result?.Exception?.Message ?? "it gave no reason"}"
            );
        }
    }

    /// <summary>One start: each step ends when the process does, and after its time.</summary>
    private sealed class Start(ChildProcess child, WorkerOutput output, CancellationToken cancellationToken)
    {
        public async Task<T> AwaitAsync<T>(Func<CancellationToken, Task<T>> step, TimeSpan within, string otherwise)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(within);
            var (done, exited) = (step(patience.Token), child.WaitForExitAsync(patience.Token));
            if (await Task.WhenAny(done, exited) == exited && exited.IsCompletedSuccessfully)
            {
                await patience.CancelAsync();
                await done.ContinueWith(_ => { }, CancellationToken.None, 0, TaskScheduler.Default);
                throw Ended();
            }

            try
            {
                return await done;
            }
            catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
            {
                throw new LocalHostException($"The worker {otherwise} within {within.TotalSeconds:0.#} s.", e);
            }
            catch (WorkerGoneException)
            {
                await child.WaitForExitAsync(patience.Token);
                throw Ended();
            }
        }

        private LocalHostException Ended() =>
            new($"The worker ended with code {child.ExitCode} before it was ready: {output.Reason()}");
    }
}
