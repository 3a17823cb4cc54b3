using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using LocalHost.Children;
using TestKit;

namespace EndToEnd.Tests;

/// <summary>What cannot start says so in one sentence, ends with a code, and leaves nothing running.</summary>
public sealed partial class StartingLocally
{
    [Fact]
    public async Task A_port_that_is_taken_is_named()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var (exitCode, output) = await RunAsync(("LocalHost__Port", $"{port}"));

        Assert.Equal(1, exitCode);
        Assert.Equal(
            $"Port {port} is in use: stop what listens there, or choose another port with LocalHost__Port.",
            output.Trim()
        );
    }

    [Fact]
    public async Task A_machine_without_Node_is_told_to_install_it()
    {
        var dotnet = Path.GetDirectoryName(Environment.ProcessPath)!;

        var (exitCode, output) = await RunAsync(
            ("PATH", dotnet),
            ("AzureWebJobsStorage", "UseDevelopmentStorage=true"),
            ("LocalHost__AzuritePort", $"{FreePorts.Take()}")
        );

        Assert.Equal(1, exitCode);
        Assert.Equal(
            "Node.js 20 or newer is needed for Azurite, and `node` was not found on PATH: install Node.js.",
            output.Trim()
        );
    }

    [Fact]
    public async Task A_missing_setting_is_named()
    {
        var (exitCode, output) = await RunAsync(
            ("Ppro__ApiKey", string.Empty),
            (
                "AzureWebJobsStorage",
                "DefaultEndpointsProtocol=http;AccountName=a;AccountKey=YQ==;TableEndpoint=http://127.0.0.1:9/a;QueueEndpoint=http://127.0.0.1:9/a;"
            )
        );

        Assert.Equal(1, exitCode);
        Assert.Contains("ApiKey", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_Azurite_that_cannot_start_is_said_to_be_so()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var (exitCode, output) = await RunAsync(
            ("AzureWebJobsStorage", "UseDevelopmentStorage=true"),
            ("LocalHost__AzuritePort", $"{port}")
        );

        Assert.Equal(1, exitCode);
        Assert.Equal(
            $"Azurite did not start: port {port} is in use: stop what listens there, or choose three others in a row "
                + "with LocalHost__AzuritePort.",
            output.Trim()
        );
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nothing_is_left_running_after_it_was_stopped_or_killed(bool isKilled)
    {
        var folder = Directory.CreateTempSubdirectory("stop-").FullName;
        var (azurite, ppro) = (FreePorts.Take(), FreePorts.Take());
        var functions = StartAll(folder, azurite, ppro);
        await functions.WaitForLineAsync("Listening on ");
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
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_companion_that_dies_is_said_and_started_again()
    {
        var folder = Directory.CreateTempSubdirectory("dies-").FullName;
        var ppro = FreePorts.Take();
        await using (var functions = StartAll(folder, FreePorts.Take(), ppro))
        {
            await functions.WaitForLineAsync("Listening on http");
            var first = CompanionLine().Match(functions.Output).Groups[1].Value;
            using (var simulator = Process.GetProcessById(int.Parse(first, CultureInfo.InvariantCulture)))
            {
                simulator.Kill();
            }

            await functions.WaitForLineAsync("[ppro] ended with code 137");
            await Eventually.TrueAsync(
                () => Task.FromResult(CompanionLine().Count(functions.Output) is 2 && !Ports.IsFree(ppro)),
                $"another one answers. {functions.Output}"
            );
        }

        Assert.True(Ports.IsFree(ppro));
        Directory.Delete(folder, recursive: true);
    }

    [GeneratedRegex(@"\[ppro\] is process (\d+)")]
    private static partial Regex CompanionLine();

    /// <summary>With an Azurite and a simulator of its own.</summary>
    private static LocalProcess StartAll(string folder, int azurite, int ppro) =>
        LocalProcess.Start(
            Programs.Host,
            new Dictionary<string, string?>
            {
                ["LocalHost__Port"] = $"{FreePorts.Take()}",
                ["LocalHost__DataFolder"] = folder,
                ["AzureWebJobsStorage"] = "UseDevelopmentStorage=true",
                ["LocalHost__AzuritePort"] = $"{azurite}",
                ["LocalHost__Companions__0__Name"] = "ppro",
                ["LocalHost__Companions__0__Command"] = Programs.Simulator,
                ["LocalHost__Companions__0__Arguments"] = $"--Url=http://127.0.0.1:{ppro}",
                ["LocalHost__Companions__0__Url"] = $"http://127.0.0.1:{ppro}",
            },
            Programs.Functions
        );

    private static async Task<(int ExitCode, string Output)> RunAsync(
        params IEnumerable<(string Name, string Value)> settings
    )
    {
        var folder = Directory.CreateTempSubdirectory("start-").FullName;
        var environment = new Dictionary<string, string?>
        {
            ["LocalHost__Port"] = $"{FreePorts.Take()}",
            ["LocalHost__DataFolder"] = folder,
            ["LocalHost__Companions__0__Command"] = string.Empty,
        };
        foreach (var (name, value) in settings)
        {
            environment[name] = value;
        }

        await using var process = LocalProcess.Start(Programs.Host, environment, Programs.Functions);
        var exitCode = await process.WaitForExitAsync();
        Directory.Delete(folder, recursive: true);
        return (exitCode, process.Output);
    }
}
