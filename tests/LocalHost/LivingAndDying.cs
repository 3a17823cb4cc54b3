using System.Diagnostics;
using System.Net;
using Azure.Storage.Queues;
using LocalHost.Clock;
using TestKit;

namespace HostTests;

/// <summary>Worker and host, and what becomes of each when the other ends.</summary>
[Collection(ProbeCollection.Name)]
public sealed class LivingAndDying(RunningProbe running)
{
    [Fact]
    public async Task A_dead_worker_is_followed_by_another_and_requests_wait_for_it()
    {
        await using var host = await ProbeHost.StartAsync(running.NewStorage());
        using var dying = await host.Http.PostAsync("/api/Die", null);

        var shown = await host.ShowAsync();

        Assert.Equal(HttpStatusCode.BadGateway, dying.StatusCode);
        Assert.NotEqual(host.FirstWorker, (int)shown["pid"]!);
        Assert.False(IsAlive(host.FirstWorker));
    }

    [Fact]
    public async Task A_request_waits_for_a_worker_but_not_for_ever()
    {
        await using var host = await ProbeHost.StartAsync(
            running.NewStorage(),
            ("LocalHost__RequestsWait", "00:00:00.001")
        );
        using var dying = await host.Http.PostAsync("/api/Die", null);

        using var early = await host.Http.GetAsync("/api/Show");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, early.StatusCode);
        await Eventually.TrueAsync(
            async () =>
            {
                using var answer = await host.Http.GetAsync("/api/Show");
                return answer.IsSuccessStatusCode;
            },
            "another worker is ready"
        );
    }

    [Fact]
    public async Task A_message_whose_worker_dies_comes_again()
    {
        var storage = running.NewStorage();
        await using var host = await ProbeHost.StartAsync(storage);
        var queues = new QueueServiceClient(storage);
        await queues.GetQueueClient("probe").SendMessageAsync("die");

        await Eventually.TrueAsync(
            async () => (await queues.GetQueueClient("probe-poison").ExistsAsync()).Value,
            $"it is in poison. {host.Output}"
        );

        await Eventually.TrueAsync(
            () => Task.FromResult(Count(host.Output, "The worker (process") is 5),
            $"five workers died of it. {host.Output}"
        );
    }

    [Fact]
    public async Task A_worker_that_cannot_be_started_again_ends_the_host()
    {
        var folder = Directory.CreateTempSubdirectory("marker-");
        await using var host = await ProbeHost.StartAsync(
            running.NewStorage(),
            ("Probe__Start", "throws after the first time"),
            ("Probe__Marker", Path.Combine(folder.FullName, "marker"))
        );
        using var worker = Process.GetProcessById(host.FirstWorker);

        worker.Kill();

        Assert.Equal(1, await host.WaitForExitAsync());
        Assert.Contains(
            "The worker ended with code 134 before it was ready: Not a second time.",
            host.Output.Split('\n')
        );
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_killed_host_leaves_no_worker_behind()
    {
        await using var host = await ProbeHost.StartAsync(running.NewStorage());
        var worker = host.FirstWorker;
        Assert.True(IsAlive(worker));

        host.Kill();

        await Eventually.TrueAsync(() => Task.FromResult(!IsAlive(worker)), "the worker has ended");
    }

    [Fact]
    public async Task The_end_waits_for_what_runs_before_the_worker_is_told()
    {
        var storage = running.NewStorage();
        await using var host = await ProbeHost.StartAsync(storage);
        await new QueueServiceClient(storage).GetQueueClient("probe").SendMessageAsync("slow");
        await host.SeeNoteAsync("heard slow 1");
        var call = host.Http.GetStringAsync("/api/slow/call/2000");
        await host.SeeNoteAsync("call began at /api/slow/call/2000");

        await host.DisposeAsync();

        Assert.Contains("A slow message came to its end.", host.Output, StringComparison.Ordinal);
        Assert.Equal("slept", await call);
        Assert.False(IsAlive(host.FirstWorker));
        Assert.DoesNotContain("ended, exit code", host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_end_waits_for_a_timer_function_too_and_does_not_cancel_it()
    {
        await using var host = await ProbeHost.StartAsync(
            running.NewStorage(),
            ("Probe__Schedule", "* * * * * *"),
            ("Probe__Tick", "slow")
        );
        await Eventually.TrueAsync(
            async () => (await host.NotesAsync()).Any(it => it.StartsWith("tick", StringComparison.Ordinal)),
            $"it ticks. {host.Output}"
        );

        await host.DisposeAsync();

        Assert.EndsWith("A slow tick came to its end.", host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_simulated_clock_reaches_the_worker()
    {
        var folder = Directory.CreateTempSubdirectory("hook-");
        var file = Path.Combine(folder.FullName, "clock");
        var clock = new SimulatedClock(file);
        clock.AdvanceTo(clock.GetUtcNow().AddDays(400));
        await using var host = await ProbeHost.StartAsync(
            running.NewStorage(),
            ("LocalHost__SimulatedClock", "true"),
            ("LocalHost__ClockFile", file)
        );

        var first = (DateTimeOffset)(await host.ShowAsync())["now"]!;
        using var content = new StringContent("""{"advance":"P31D"}""");
        using var advanced = await host.Http.PostAsync("/__local/clock", content);
        var second = (DateTimeOffset)(await host.ShowAsync())["now"]!;

        Assert.Equal(HttpStatusCode.OK, advanced.StatusCode);
        Assert.InRange(first, clock.GetUtcNow().AddDays(-32), clock.GetUtcNow().AddDays(-31));
        Assert.InRange(second, clock.GetUtcNow().AddMinutes(-5), clock.GetUtcNow());
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_clock_that_is_not_simulated_does_not_advance()
    {
        using var content = new StringContent("""{"advance":"1.00:00:00"}""");
        using var answer = await running.Host.Http.PostAsync("/__local/clock", content);

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    private static bool IsAlive(int process)
    {
        try
        {
            using var found = Process.GetProcessById(process);
            return !found.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
