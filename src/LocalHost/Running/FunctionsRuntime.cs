using Azure.Storage.Queues;
using LocalHost.Clock;
using LocalHost.Http;
using LocalHost.Queues;
using LocalHost.Rpc;
using LocalHost.Settings;
using LocalHost.Timers;
using LocalHost.Workers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Forwarder;

namespace LocalHost.Running;

/// <summary>The app's functions, each on its trigger: HTTP routes, queue pumps, timers; and the clock.</summary>
internal sealed class FunctionsRuntime(
    IReadOnlyList<WorkerFunction> functions,
    Supervisor workers,
    HostSettings settings,
    IConfiguration configuration,
    ILoggerFactory logs
) : IAsyncDisposable
{
    private static readonly IReadOnlyDictionary<string, TypedData> Nothing = new Dictionary<string, TypedData>();
    private readonly CancellationTokenSource stopping = new();
    private readonly FunctionRunner runner = new(workers);
    private readonly List<QueuePump> queues = [];
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(10) };
    private TimerPump timers = null!;
    private HttpForwarding? forwarding;
    private Task running = Task.CompletedTask;

    /// <summary>Maps everything that is asked over HTTP, and makes the pumps ready.</summary>
    public async Task PrepareAsync(WebApplication app, CancellationToken cancellationToken)
    {
        var clock = settings.ClockFile is { } file ? new SimulatedClock(file) : null;
        timers = TimersOf(clock ?? TimeProvider.System);
        var forwarder = app.Services.GetRequiredService<IHttpForwarder>();
        forwarding = new(workers, runner, forwarder, settings, logs.CreateLogger<HttpForwarding>());
        app.Use(Answers.LikeTheHostAsync);
        foreach (var function in functions)
        {
            if (function.Trigger is HttpTrigger trigger)
            {
                forwarding.Map(app, function, trigger);
            }
            else if (function.Trigger is QueueTrigger queue)
            {
                var pump = PumpOf(function, queue);
                runner.Ended += pump.Nudge;
                queues.Add(pump);
            }
        }

        if (!functions.Any(it => it.Trigger is HttpTrigger { Route: "" }))
        {
            RootPage.Map(app, functions, settings);
        }

        new ClockEndpoints(
            clock,
            clock is null ? null : new(clock, timers, queues, runner, Moments(), settings.Queues.RetriesTake)
        ).Map(app);
        foreach (var queue in queues)
        {
            await PrepareAsync(queue, cancellationToken);
        }
    }

    /// <summary>Runs queues and timers until stopped: should one end by itself, so does this, saying why.</summary>
    public Task RunAsync()
    {
        List<Task> loops =
        [
            timers.RunAsync(stopping.Token),
            .. queues.Select(queue => queue.RunAsync(workers.WaitAsync, stopping.Token)),
        ];
        running = Task.WhenAll(loops);
        return Task.WhenAny(loops).Unwrap();
    }

    /// <summary>Takes nothing new from queues and timers, and lets what they took come to its end.</summary>
    public async Task StopPumpsAsync()
    {
        await stopping.CancelAsync();
        await running.WaitAsync(settings.Worker.DrainsWithin).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Waits until no function runs any more.</summary>
    public Task DrainAsync() => runner.DrainAsync(settings.Worker.DrainsWithin);

    public async ValueTask DisposeAsync()
    {
        await StopPumpsAsync();
        forwarding?.Dispose();
        timers?.Dispose();
        http.Dispose();
        stopping.Dispose();
    }

    private static async Task PrepareAsync(QueuePump queue, CancellationToken cancellationToken)
    {
        try
        {
            await queue.PrepareAsync(cancellationToken);
        }
        catch (Exception e) when (e is Azure.RequestFailedException or AggregateException)
        {
            throw new LocalHostException(
                $"The queue {queue.QueueName} could not be made: {e.Message.Split('\n')[0].Trim()}",
                e
            );
        }
    }

    private QueuePump PumpOf(WorkerFunction function, QueueTrigger trigger)
    {
        var connection =
            configuration[trigger.Connection]
            ?? throw new LocalHostException($"The setting {trigger.Connection} is not set.");
        return new(
            trigger.QueueName,
            ServiceOf(trigger.Connection, connection),
            message =>
                runner.InvokeAsync(function, QueueData.Of(message, trigger.IsWhole), Nothing, CancellationToken.None),
            settings.Queues,
            logs.CreateLogger<QueuePump>()
        );
    }

    private static QueueServiceClient ServiceOf(string setting, string connection)
    {
        try
        {
            return new(connection);
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw new LocalHostException($"The setting {setting} is not a connection string.", e);
        }
    }

    private TimerPump TimersOf(TimeProvider clock)
    {
        var found = functions
            .Where(it => it.Trigger is TimerTrigger)
            .Select(it => new TimerFunction(it, ((TimerTrigger)it.Trigger).Schedule, clock.GetUtcNow()));
        return new([.. found], runner, clock, logs.CreateLogger<TimerPump>());
    }

    private List<RemoteMoment> Moments()
    {
        var self = new Uri($"http://127.0.0.1:{settings.Port}");
        return [.. settings.Clocks.Select(url => new RemoteMoment(http, new(self, url), !url.IsAbsoluteUri))];
    }
}
