using System.Reflection;
using Azure.Storage.Queues;
using LocalHost.Clock;
using LocalHost.Queues;
using LocalHost.Settings;
using LocalHost.Timers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LocalHost.Running;

/// <summary>The functions of an app, running: HTTP routes mapped, queues pumped, timers ticking.</summary>
internal sealed class FunctionsRuntime : IAsyncDisposable
{
    private static readonly TimeSpan DrainWithin = TimeSpan.FromSeconds(30);
    private readonly CancellationTokenSource stopping = new();
    private readonly IReadOnlyList<ILocalStart> starts;
    private readonly IReadOnlyList<QueuePump> queues;
    private readonly TimerPump timers;
    private Task running = Task.CompletedTask;

    private FunctionsRuntime(
        IReadOnlyList<FunctionDescriptor> functions,
        IReadOnlyList<ILocalStart> starts,
        IReadOnlyList<QueuePump> queues,
        TimerPump timers
    ) => (Functions, this.starts, this.queues, this.timers) = (functions, starts, queues, timers);

    public IReadOnlyList<FunctionDescriptor> Functions { get; }

    public static FunctionsRuntime Create(WebApplication app, Assembly assembly, HostSettings settings)
    {
        var functions = FunctionDescriptor.Discover(assembly);
        var logs = app.Services.GetRequiredService<ILoggerFactory>();
        var invoker = new FunctionInvoker(app.Services);
        app.Use(HttpFunctions.AnswerLikeTheHostAsync);
        var http = new HttpFunctions(invoker, settings, logs.CreateLogger<HttpFunctions>());
        foreach (var function in functions.Where(it => it.Trigger is HttpTriggerAttribute))
        {
            http.Map(app, function);
        }

        var queues = QueuesOf(functions, app.Configuration, invoker, settings, logs);
        var timers = TimersOf(functions, app, invoker, logs);
        MapClock(app, assembly, settings, timers, queues, invoker);
        return new(functions, [.. Made<ILocalStart>(app.Services, assembly)], queues, timers);
    }

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        foreach (var start in starts)
        {
            await PrepareAsync(start, cancellationToken);
        }

        foreach (var queue in queues)
        {
            await queue.PrepareAsync(cancellationToken);
        }
    }

    public void Start() =>
        running = Task.WhenAll([
            timers.RunAsync(stopping.Token),
            .. queues.Select(queue => queue.RunAsync(stopping.Token)),
        ]);

    /// <summary>Takes nothing new, and lets what runs come to its end.</summary>
    public async Task StopAsync()
    {
        await stopping.CancelAsync();
        await running.WaitAsync(DrainWithin).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        timers.Dispose();
        stopping.Dispose();
    }

    private static async Task PrepareAsync(ILocalStart start, CancellationToken cancellationToken)
    {
        try
        {
            await start.StartAsync(cancellationToken);
        }
        catch (Exception e) when (e is Azure.RequestFailedException or AggregateException)
        {
            throw new LocalHostException(
                $"{start.GetType().Name} could not be prepared: {e.Message.Split('\n')[0].Trim()}",
                e
            );
        }
    }

    private static List<QueuePump> QueuesOf(
        IReadOnlyList<FunctionDescriptor> functions,
        IConfiguration configuration,
        FunctionInvoker invoker,
        HostSettings settings,
        ILoggerFactory logs
    )
    {
        var options = new QueueClientOptions
        {
            MessageEncoding = settings.Queues.IsBase64 ? QueueMessageEncoding.Base64 : QueueMessageEncoding.None,
        };
        return
        [
            .. functions
                .Where(it => it.Trigger is QueueTriggerAttribute)
                .Select(function =>
                {
                    var connection = ((QueueTriggerAttribute)function.Trigger).Connection ?? "AzureWebJobsStorage";
                    var service = new QueueServiceClient(
                        configuration[connection]
                            ?? throw new LocalHostException($"The setting {connection} is not set."),
                        options
                    );
                    return new QueuePump(function, service, invoker, settings.Queues, logs.CreateLogger<QueuePump>());
                }),
        ];
    }

    private static TimerPump TimersOf(
        IReadOnlyList<FunctionDescriptor> functions,
        WebApplication app,
        FunctionInvoker invoker,
        ILoggerFactory logs
    )
    {
        var clock = app.Services.GetService<TimeProvider>() ?? TimeProvider.System;
        var timers = functions
            .Where(it => it.Trigger is TimerTriggerAttribute)
            .Select(function => new TimerFunction(
                function,
                FunctionDescriptor.Resolve(((TimerTriggerAttribute)function.Trigger).Schedule, app.Configuration),
                clock.GetUtcNow()
            ));
        return new([.. timers], invoker, clock, logs.CreateLogger<TimerPump>());
    }

    private static void MapClock(
        WebApplication app,
        Assembly assembly,
        HostSettings settings,
        TimerPump timers,
        List<QueuePump> queues,
        FunctionInvoker invoker
    )
    {
        var clock = app.Services.GetService<SimulatedClock>();
        var http = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };
        var sources = Made<INextMoment>(app.Services, assembly)
            .Concat(settings.Clocks.Select(url => new RemoteMoment(http, url)));
        new ClockEndpoints(clock, clock is null ? null : new(clock, timers, queues, invoker, [.. sources])).Map(app);
    }

    private static IEnumerable<T> Made<T>(IServiceProvider services, Assembly assembly) =>
        assembly
            .GetExportedTypes()
            .Where(type => type.IsClass && type.IsAssignableTo(typeof(T)))
            .Select(type => (T)ActivatorUtilities.CreateInstance(services, type));
}
