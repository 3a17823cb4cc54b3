using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using LocalHost.Children;
using TestKit;

namespace EndToEnd.Tests;

/// <summary>
/// The local run as the README's command starts it, with what stands in the sample: only the ports and the data folder
/// are others, by one setting each.
/// </summary>
public sealed class RunningLocally : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("local-").FullName;
    private readonly int azurite = FreePorts.Take();
    private readonly int ppro = FreePorts.Take();
    private readonly HttpClient http = new(new HttpClientHandler { AllowAutoRedirect = false });

    public void Dispose()
    {
        http.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nothing_is_left_running_after_it_was_stopped_or_killed(bool isKilled)
    {
        var functions = await StartAsync();
        Assert.All([azurite, ppro], port => Assert.False(Ports.IsFree(port)));

        if (isKilled)
        {
            functions.Kill();
        }

        await functions.DisposeAsync();

        await Eventually.TrueAsync(
            () => Task.FromResult(Ports.IsFree(azurite) && Ports.IsFree(ppro)),
            "their ports are free"
        );
    }

    [Fact]
    public async Task What_the_simulator_knows_outlives_it_until_somebody_begins_anew()
    {
        string id;
        await using (var first = await StartAsync())
        {
            id = await ApprovedAsync(first);
            await KillAsync(first, "ppro");
            Assert.Equal("ACTIVE", await RecheckedAsync(first, id));
        }

        await using (var second = await StartAsync())
        {
            Assert.StartsWith(Taken, await FailFreshAsync(), StringComparison.Ordinal);
            Assert.StartsWith(Taken, await FailFreshAsync(OtherPorts()), StringComparison.Ordinal);
            Assert.Equal("ACTIVE", await RecheckedAsync(second, id));
        }

        await using var third = await StartAsync("--fresh");
        using var gone = await http.GetAsync($"{Shop(third)}/api/agreements/{id}");
        Assert.Equal(404, (int)gone.StatusCode);
        Assert.Empty((await http.GetFromJsonAsync<JsonArray>($"http://127.0.0.1:{ppro}/__sim/agreements"))!);
    }

    [Fact]
    public async Task Storage_that_dies_is_said_and_started_again()
    {
        await using var functions = await StartAsync();
        await SeeOnDiskAsync("__azurite_db_table__.json", "quarantine");
        await SeeOnDiskAsync("__azurite_db_queue__.json", "ppro-events-poison");

        await KillAsync(functions, "azurite");

        await Eventually.TrueAsync(
            async () =>
            {
                using var health = await http.GetAsync($"{Shop(functions)}/api/health");
                return health.IsSuccessStatusCode;
            },
            $"all is well again. {functions.Output}"
        );
    }

    [Fact]
    public async Task To_begin_anew_is_refused_where_storage_is_not_this_machines()
    {
        var sentence = await FailFreshAsync(
            ("AzureWebJobsStorage", "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=YQ==")
        );

        Assert.Equal(
            "--fresh forgets what is on this machine, and AzureWebJobsStorage is not UseDevelopmentStorage=true.",
            sentence
        );
    }

    [Fact]
    public async Task What_died_while_it_forgot_is_forgotten_at_the_next_start()
    {
        await using (var first = await StartAsync())
        {
            await ApprovedAsync(first);
        }

        await File.WriteAllTextAsync(Path.Combine(folder, "forgetting"), string.Empty);
        await using var second = await StartAsync();

        Assert.Empty((await http.GetFromJsonAsync<JsonArray>($"http://127.0.0.1:{ppro}/__sim/agreements"))!);
        Assert.False(File.Exists(Path.Combine(folder, "forgetting")));
    }

    [Fact]
    public async Task A_terminals_Ctrl_C_is_left_to_the_host_by_all_others()
    {
        var functions = await StartAsync();
        var others = Regex.Matches(functions.Output, @"(?:is|Worker) process (\d+)").Select(it => it.Groups[1].Value);

        await SignalAsync("-INT", others);
        using var health = await http.GetAsync($"{Shop(functions)}/api/health");
        await SignalAsync("-TERM", [$"{functions.Id}"]);

        Assert.Equal(0, await functions.WaitForExitAsync());
        Assert.True(health.IsSuccessStatusCode);
        Assert.DoesNotContain("ended with code", functions.Output, StringComparison.Ordinal);
        Assert.All([azurite, ppro], port => Assert.True(Ports.IsFree(port)));
        await functions.DisposeAsync();
    }

    private string Taken => $"{folder} cannot be taken for this run, another may have it";

    private static (string Name, string Value)[] OtherPorts() =>
        [("LocalHost__AzuritePort", $"{FreePorts.Take()}"), ("PproSimulator__Port", $"{FreePorts.Take()}")];

    private static async Task SignalAsync(string signal, IEnumerable<string> processes)
    {
        using var kill = Process.Start("kill", [signal, .. processes]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
    }

    private async Task<LocalProcess> StartAsync(params IReadOnlyList<string> arguments)
    {
        var functions = Begin(arguments);
        await functions.WaitForLineAsync("Listening on ");
        return functions;
    }

    private async Task<string> FailFreshAsync(params IReadOnlyList<(string Name, string Value)> settings)
    {
        await using var functions = Begin(["--fresh"], settings);
        Assert.Equal(1, await functions.WaitForExitAsync());
        return functions.Output.Trim();
    }

    private LocalProcess Begin(
        IReadOnlyList<string> arguments,
        params IReadOnlyList<(string Name, string Value)> settings
    )
    {
        var environment = new Dictionary<string, string?>
        {
            ["LocalHost__Port"] = $"{FreePorts.Take()}",
            ["LocalHost__AzuritePort"] = $"{azurite}",
            ["PproSimulator__Port"] = $"{ppro}",
            ["LocalHost__DataFolder"] = folder,
        };
        foreach (var (name, value) in settings)
        {
            environment[name] = value;
        }

        return LocalProcess.Start(Programs.Host, environment, [Programs.Functions, .. arguments]);
    }

    /// <summary>An agreement that was approved, and is known to be.</summary>
    private async Task<string> ApprovedAsync(LocalProcess functions)
    {
        using var created = await http.PostAsJsonAsync(
            $"{Shop(functions)}/api/agreements",
            Storefront.AgreementRequest()
        );
        Assert.True(created.IsSuccessStatusCode, $"{created.StatusCode} {functions.Output}");
        var agreement = (await created.Content.ReadFromJsonAsync<JsonNode>())!;
        var page = Regex.Match(agreement.ToJsonString(), "\"requestUrl\":\"([^\"]*)\"").Groups[1].Value;
        using var decision = new FormUrlEncodedContent([new("decision", "approve")]);
        using var approved = await http.PostAsync(Regex.Unescape(page), decision);
        var id = (string)agreement["id"]!;
        var settled = await http.GetFromJsonAsync<JsonNode>($"{Shop(functions)}/api/agreements/{id}?waitSeconds=25");
        Assert.Equal("ACTIVE", (string?)settled!["status"]);
        return id;
    }

    /// <summary>Its status, once PPRO was asked for it and all that belongs to it.</summary>
    private async Task<string?> RecheckedAsync(LocalProcess functions, string id)
    {
        using var answer = await http.PostAsJsonAsync(
            $"{Shop(functions)}/api/operations/agreements/{id}/recheck",
            new { actor = "kim", reason = "is it still there?" }
        );
        var said = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode} {said} {functions.Output}");
        var agreement = await http.GetFromJsonAsync<JsonNode>($"{Shop(functions)}/api/agreements/{id}");
        return (string?)agreement!["status"];
    }

    /// <summary>Kills a program beside the app, and waits until another one is in its place.</summary>
    private static async Task KillAsync(LocalProcess functions, string name)
    {
        var line = new Regex(@$"\[{name}\] is process (\d+)");
        var first = int.Parse(line.Match(functions.Output).Groups[1].Value, CultureInfo.InvariantCulture);
        using (var process = Process.GetProcessById(first))
        {
            process.Kill();
        }

        await functions.WaitForLineAsync($"[{name}] ended with code 137");
        await Eventually.TrueAsync(
            () => Task.FromResult(line.Count(functions.Output) is 2),
            $"another one answers. {functions.Output}"
        );
    }

    /// <summary>Azurite writes what it has every few seconds, and when it is told to end.</summary>
    private Task SeeOnDiskAsync(string file, string name) =>
        Eventually.TrueAsync(
            async () =>
                Path.Combine(folder, "storage", file) is var path
                && File.Exists(path)
                && (await File.ReadAllTextAsync(path)).Contains(name, StringComparison.Ordinal),
            $"{file} has {name}"
        );

    private static string Shop(LocalProcess functions) =>
        Regex.Match(functions.Output, "^Listening on (http:.*)$", RegexOptions.Multiline).Groups[1].Value;
}
