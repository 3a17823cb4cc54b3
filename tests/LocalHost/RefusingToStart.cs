using System.Net;
using System.Net.Sockets;
using TestKit;

namespace HostTests;

/// <summary>What cannot start says so in one sentence, and ends with a code; the worker has ended by then.</summary>
public sealed class RefusingToStart
{
    [Theory]
    [InlineData("throws", "The worker ended with code 134 before it was ready: Probe:Start is wrong.")]
    [InlineData("exits", "The worker ended with code 3 before it was ready: it said nothing")]
    [InlineData("never connects", "The worker did not connect within 3 s.")]
    [InlineData("never answers", "The worker answered no init within 3 s.")]
    [InlineData(
        "without web",
        "The worker cannot be run here: it lacks HttpUri. Does it call ConfigureFunctionsWebApplication?"
    )]
    public async Task A_worker_that_does_not_become_ready(string start, string sentence)
    {
        var (exitCode, output) = await ProbeHost.FailAsync(
            Programs.Probe,
            ("Probe__Start", start),
            ("LocalHost__WorkerConnectsWithin", start is "never connects" ? "00:00:03" : "00:01:00"),
            ("LocalHost__WorkerAnswersWithin", start is "never answers" ? "00:00:03" : "00:01:00")
        );

        Assert.Equal((1, sentence), (exitCode, output));
    }

    [Fact]
    public async Task A_host_json_that_is_no_JSON()
    {
        var folder = Directory.CreateTempSubdirectory("bad-");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "host.json"), "{\n\"version\": 2.0,\nnothing");

        var (exitCode, output) = await ProbeHost.FailAsync(folder.FullName);

        Assert.Equal((1, "host.json is not JSON: see line 3."), (exitCode, output));
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_folder_without_an_app()
    {
        var folder = Directory.CreateTempSubdirectory("empty-");

        var (exitCode, output) = await ProbeHost.FailAsync(folder.FullName);

        Assert.Equal((1, $"There is no function app in {folder.FullName}: no worker.config.json."), (exitCode, output));
        folder.Delete();
    }

    [Fact]
    public async Task A_timer_without_a_schedule()
    {
        var (exitCode, output) = await ProbeHost.FailAsync(Programs.Probe, ("Probe__Schedule", "never"));

        Assert.Equal((1, "Function Tick: 'never' is not a six-field NCRONTAB schedule."), (exitCode, output));
    }

    [Fact]
    public async Task A_queue_whose_storage_is_no_connection_string()
    {
        var (exitCode, output) = await ProbeHost.FailAsync(Programs.Probe);

        Assert.Equal((1, "The setting AzureWebJobsStorage is not a connection string."), (exitCode, output));
    }

    [Fact]
    public async Task A_setting_that_cannot_be_read()
    {
        var (exitCode, output) = await ProbeHost.FailAsync(Programs.Probe, ("LocalHost__Port", "high"));

        Assert.Equal((1, "LocalHost__Port must be a port from 1 to 65535, and is 'high'."), (exitCode, output));
    }

    [Fact]
    public async Task A_port_that_is_taken()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var (exitCode, output) = await ProbeHost.FailAsync(Programs.Probe, ("LocalHost__Port", $"{port}"));

        Assert.Equal(1, exitCode);
        Assert.Equal(
            $"Port {port} is in use: stop what listens there, or choose another port with LocalHost__Port.",
            output
        );
    }
}
