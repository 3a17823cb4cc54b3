using System.Runtime.InteropServices;
using LocalHost.Children;
using LocalHost.Rpc;
using LocalHost.Settings;
using LocalHost.Workers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LocalHost.Running;

/// <summary>
/// The whole of it: what the app needs beside it, its worker, its functions. What cannot start is said in one sentence,
/// and whatever was started is stopped again.
/// </summary>
internal sealed class FunctionsHost(HostSettings settings, IConfiguration configuration) : IAsyncDisposable
{
    private readonly Stack<IAsyncDisposable> children = new();
    private readonly WebApplication app = HttpServer.Create(settings);
    private Supervisor? workers;
    private FunctionsRuntime? runtime;

    /// <summary>Runs until it is told to end, or cannot go on; the first argument is the app's output folder.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        using var stopping = new CancellationTokenSource();
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        try
        {
            var configuration = new ConfigurationManager();
            var settings = SettingsOf(configuration, args);
            await using var host = new FunctionsHost(settings, configuration);
            await host.RunAsync(stopping.Token);
            return 0;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return 0;
        }
        catch (Exception e) when (e is LocalHostException or IOException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }

        void End(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stopping.Cancel();
        }
    }

    /// <summary>First what brings in work, then the worker, in which nothing runs any more, then the rest.</summary>
    public async ValueTask DisposeAsync()
    {
        if (runtime is not null)
        {
            await runtime.StopPumpsAsync();
            await app.StopAsync();
            await runtime.DrainAsync();
        }

        await (workers?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (runtime?.DisposeAsync() ?? ValueTask.CompletedTask);
        await app.DisposeAsync();
        while (children.TryPop(out var child))
        {
            await child.DisposeAsync();
        }
    }

    private static string AppFolderOf(string[] args) =>
        args is [{ Length: > 0 } folder, ..] && !folder.StartsWith('-')
            ? Path.GetFullPath(folder)
            : throw new LocalHostException("Say which app to run: dotnet LocalHost.dll <its output folder>.");

    private static HostSettings SettingsOf(ConfigurationManager configuration, string[] args)
    {
        try
        {
            return HostSettings.Load(configuration, AppFolderOf(args), args[1..]);
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException)
        {
            throw new LocalHostException($"A setting cannot be read. {e.Message}", e);
        }
    }

    private async Task RunAsync(CancellationToken stopping)
    {
        await StartPartsAsync(stopping);
        var loops = runtime!.RunAsync();
        var watch = workers!.WatchAsync();
        var ended = await Task.WhenAny(loops, watch, Task.Delay(Timeout.Infinite, stopping));
        stopping.ThrowIfCancellationRequested();
        throw ended.Exception?.InnerException as LocalHostException
            ?? new LocalHostException(
                $"The local host cannot go on: {ended.Exception?.InnerException?.Message ?? "a loop of it ended"}",
                ended.Exception
            );
    }

    private async Task StartPartsAsync(CancellationToken cancellationToken)
    {
        if (!Ports.IsFree(settings.Port))
        {
            throw new LocalHostException(
                $"Port {settings.Port} is in use: stop what listens there, or choose another port with LocalHost__Port."
            );
        }

        var command = new WorkerCommand(settings);
        var data = new LocalData(settings);
        children.Push(data);
        await data.TakeAsync(cancellationToken);
        await StartChildrenAsync(cancellationToken);
        var worker = await StartWorkerAsync(command, cancellationToken);
        var functions = new WorkerFunctions(configuration, settings.RoutePrefix).Read(worker.Functions);
        var logs = app.Services.GetRequiredService<ILoggerFactory>();
        runtime = new(functions, workers!, settings, configuration, logs);
        await runtime.PrepareAsync(app, cancellationToken);
        await app.StartAsync(cancellationToken);
        Announcement.Print(functions, settings, worker.ProcessId);
    }

    private async Task<Worker> StartWorkerAsync(WorkerCommand command, CancellationToken cancellationToken)
    {
        var logs = app.Services.GetRequiredService<ILoggerFactory>();
        var door = new WorkerDoor(new WorkerLogs(logs));
        var server = await RpcServer.StartAsync(door, cancellationToken);
        children.Push(server);
        var starter = new WorkerStarter(command, door, server.Url, settings.AppFolder, settings.Worker);
        workers = new(starter, settings.Worker, logs.CreateLogger<Supervisor>());
        return await workers.StartAsync(cancellationToken);
    }

    private async Task StartChildrenAsync(CancellationToken cancellationToken)
    {
        if (settings.Azurite is { } azurite)
        {
            await KeepAsync("azurite", azurite.TablePort, ending => AzuriteServer.BeginAsync(azurite, ending));
        }

        foreach (var companion in settings.Companions)
        {
            await KeepAsync(
                companion.Name,
                companion.Url.Port,
                ending => Companion.BeginAsync(companion, settings, ending)
            );
        }

        // What answers there already is somebody else's.
        async Task KeepAsync(string name, int port, Func<CancellationToken, Task<ChildProcess>> begin)
        {
            if (await Ports.AnswersAsync(port, cancellationToken))
            {
                Console.WriteLine($"[{name}] is not started: something answers on port {port} already.");
                return;
            }

            children.Push(await KeptChild.StartAsync(name, begin, cancellationToken));
        }
    }
}
