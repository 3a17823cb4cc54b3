using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using LocalHost.Clock;

namespace TestKit;

/// <summary>
/// The simulator and the function app as a user runs them: two processes, on free ports, with a clock of their own.
/// </summary>
public sealed partial class LocalApp : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("local-app-").FullName;
    private readonly Dictionary<string, string?> environment = [];
    private readonly SimulatedClock clock;
    private LocalProcess? functions;
    private LocalProcess? simulator;

    private LocalApp()
    {
        var clockFile = Path.Combine(folder, "clock");
        environment["LocalHost__ClockFile"] = clockFile;
        clock = new SimulatedClock(clockFile);
        clock.AdvanceTo(Start);
    }

    /// <summary>
    /// When every app's life begins: a month has the same length and a day the same rest in every run.
    /// </summary>
    public static DateTimeOffset Start { get; } = new(2031, 1, 15, 10, 0, 0, TimeSpan.FromHours(9));

    /// <summary>The app's and the simulator's time.</summary>
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>The function app.</summary>
    public HttpClient Http { get; private set; } = new();

    /// <summary>The simulator: PPRO's API, and <c>/__sim</c>.</summary>
    public HttpClient Ppro { get; private set; } = new();

    public string Output => functions!.Output;

    public string PproOutput => simulator!.Output;

    public static Task<LocalApp> StartAsync(string storage, params IEnumerable<(string Name, string Value)> settings) =>
        FreePorts.TryAsync(async () =>
        {
            var app = new LocalApp();
            try
            {
                await app.StartPartsAsync(storage, settings);
                return app;
            }
            catch
            {
                await app.DisposeAsync();
                throw;
            }
        });

    /// <summary>
    /// Stops the function app as a deployment would, and starts it again on the same storage, with these settings too.
    /// </summary>
    public async Task RestartAsync(params IEnumerable<(string Name, string Value)> settings)
    {
        await functions!.DisposeAsync();
        foreach (var (name, value) in settings)
        {
            environment[name] = value;
        }

        await StartFunctionsAsync();
    }

    /// <summary>Kills the host of the function app at once, whatever it is doing, and starts it again on the same storage.</summary>
    public async Task CrashAsync()
    {
        functions!.Kill();
        await functions.DisposeAsync();
        await StartFunctionsAsync();
    }

    /// <summary>Kills the worker alone; its host starts another by itself.</summary>
    public async Task KillWorkerAsync()
    {
        var before = Workers().Count;
        using (var worker = Process.GetProcessById(Workers()[^1]))
        {
            worker.Kill();
        }

        await Eventually.TrueAsync(() => Task.FromResult(Workers().Count > before), "another worker is ready");
    }

    /// <summary>Kills worker and host, as a machine that fails would.</summary>
    public Task CrashBothAsync()
    {
        using var worker = Process.GetProcessById(Workers()[^1]);
        worker.Kill();
        return CrashAsync();
    }

    /// <summary>The function app is down for so long, while the world goes on.</summary>
    public async Task BeDownAsync(TimeSpan time)
    {
        await functions!.DisposeAsync();
        clock.AdvanceTo(clock.GetUtcNow() + time);
        await StartFunctionsAsync();
    }

    public Task StopPproAsync() => simulator!.DisposeAsync().AsTask();

    /// <summary>Lets simulated time pass, from event to event.</summary>
    public async Task AdvanceAsync(TimeSpan time)
    {
        using var answer = await Http.PostAsJsonAsync("/__local/clock", new { advance = time.ToString("c") });
        if (!answer.IsSuccessStatusCode)
        {
            throw new InvalidOperationException(
                $"The clock did not advance: {await answer.Content.ReadAsStringAsync()}\n{Output}"
            );
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        Ppro.Dispose();
        foreach (var process in (LocalProcess?[])[functions, simulator])
        {
            await (process?.DisposeAsync() ?? ValueTask.CompletedTask);
        }

        Directory.Delete(folder, recursive: true);
    }

    private async Task StartPartsAsync(string storage, IEnumerable<(string Name, string Value)> settings)
    {
        var port = FreePorts.Take();
        foreach (var (name, value) in settings)
        {
            environment[name] = value;
        }

        simulator = LocalProcess.Start(Programs.Simulator, environment, "--Url=http://127.0.0.1:0");
        var ppro = await simulator.WaitForLineAsync("Listening on ");
        Set("LocalHost__Port", $"{port}");
        Set("LocalHost__SimulatedClock", "true");
        Set("LocalHost__DataFolder", folder);
        Set("LocalHost__Clocks__0", $"{ppro}/__sim/clock");
        Set("LocalHost__Clocks__1", "/api/health#firstWakeUpAt");
        Set("LocalHost__Companions__0__Command", string.Empty);
        Set("AzureWebJobsStorage", storage);
        Set("Ppro__BaseUrl", ppro);
        Set("Ppro__WebhooksUrl", $"http://127.0.0.1:{port}/api/webhooks/ppro");
        Ppro = new HttpClient { BaseAddress = new(ppro) };
        Http = new HttpClient { BaseAddress = new($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromMinutes(4) };
        await StartFunctionsAsync();

        void Set(string name, string value) => environment.TryAdd(name, value);
    }

    /// <summary>The processes of this host's workers that became ready, the newest last.</summary>
    private List<int> Workers() => [.. WorkerReady().Matches(Output).Select(it => int.Parse(it.Groups[1].Value))];

    [GeneratedRegex(@"(?:Worker process |ready again \(process )(\d+)")]
    private static partial Regex WorkerReady();

    private async Task StartFunctionsAsync()
    {
        functions = LocalProcess.Start(Programs.Host, environment, Programs.Functions);
        await functions.WaitForLineAsync("Listening on ");
    }
}
