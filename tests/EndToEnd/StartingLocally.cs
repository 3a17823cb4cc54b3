using System.Net;
using System.Net.Sockets;
using TestKit;

namespace EndToEnd.Tests;

/// <summary>What cannot start says so in one sentence, ends with a code, and leaves nothing running.</summary>
public sealed class StartingLocally
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
