using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using TestKit;

namespace HostTests;

/// <summary>The local host as a process of its own, with the probe worker.</summary>
public sealed partial class ProbeHost : IAsyncDisposable
{
    public const string Key = "a test key, no secret";
    private readonly LocalProcess process;

    private ProbeHost(LocalProcess process, int port) =>
        (this.process, Http) = (process, new() { BaseAddress = new($"http://127.0.0.1:{port}") });

    public HttpClient Http { get; }

    public string Output => process.Output;

    /// <summary>The process of the first worker.</summary>
    public int FirstWorker => int.Parse(WorkerLine().Match(Output).Groups[1].Value);

    public static Task<ProbeHost> StartAsync(
        string storage,
        params IReadOnlyList<(string Name, string Value)> settings
    ) => StartInAsync(Programs.Probe, storage, settings);

    /// <summary>With a worker whose output lies elsewhere.</summary>
    public static Task<ProbeHost> StartInAsync(
        string folder,
        string storage,
        params IReadOnlyList<(string Name, string Value)> settings
    ) =>
        FreePorts.TryAsync(async () =>
        {
            var port = FreePorts.Take();
            var process = Begin(port, folder, [("AzureWebJobsStorage", storage), .. settings]);
            try
            {
                await process.WaitForLineAsync("Listening on ");
                return new ProbeHost(process, port);
            }
            catch
            {
                await process.DisposeAsync();
                throw;
            }
        });

    /// <summary>For what cannot start: the exit code, and all that was said.</summary>
    public static async Task<(int ExitCode, string Output)> FailAsync(
        string folder,
        params IReadOnlyList<(string Name, string Value)> settings
    )
    {
        await using var process = Begin(FreePorts.Take(), folder, settings);
        return (await process.WaitForExitAsync(), process.Output.Trim());
    }

    public async Task<JsonNode> ShowAsync() => (await Http.GetFromJsonAsync<JsonNode>("/api/Show"))!;

    public async Task<IReadOnlyList<string>> NotesAsync() =>
        [.. (await ShowAsync())["notes"]!.AsArray().Select(it => (string)it!)];

    public Task SeeNoteAsync(string note) =>
        Eventually.TrueAsync(async () => (await NotesAsync()).Contains(note), $"'{note}' is noted. {Output}");

    public Task<int> WaitForExitAsync() => process.WaitForExitAsync();

    public void Kill() => process.Kill();

    public async ValueTask DisposeAsync()
    {
        await process.DisposeAsync();
        Http.Dispose();
    }

    private static LocalProcess Begin(int port, string folder, IReadOnlyList<(string Name, string Value)> settings)
    {
        var environment = new Dictionary<string, string?>
        {
            ["LocalHost__Port"] = $"{port}",
            ["LocalHost__FunctionKey"] = Key,
            ["AzureWebJobsStorage"] = "none",
            // Neither reaches the host, nor makes the worker listen elsewhere.
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:1",
        };
        foreach (var (name, value) in settings)
        {
            environment[name] = value;
        }

        return LocalProcess.Start(Programs.Host, environment, folder);
    }

    [GeneratedRegex(@"Worker process (\d+)")]
    private static partial Regex WorkerLine();
}
