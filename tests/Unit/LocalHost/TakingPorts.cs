using System.Net;
using System.Net.Sockets;
using TestKit;

namespace Unit.Tests.LocalHostTests;

/// <summary>Tests that run at the same time start programs on ports: never two on one.</summary>
public sealed class TakingPorts
{
    [Fact]
    public void No_port_is_given_twice()
    {
        var given = ParallelEnumerable.Range(0, 300).Select(_ => FreePorts.Take()).ToList();

        Assert.Equal(given.Count, given.Distinct().Count());
    }

    [Fact]
    public async Task What_finds_its_port_taken_starts_again_on_another()
    {
        var starts = 0;

        var port = await FreePorts.TryAsync(() =>
        {
            starts++;
            var taken = FreePorts.Take();
            return starts < 3
                ? throw new InvalidOperationException($"Port {taken} is in use: stop what listens there.")
                : Task.FromResult(taken);
        });

        Assert.Equal(3, starts);
        using var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
    }

    [Fact]
    public async Task What_cannot_start_for_another_reason_does_not_start_again()
    {
        var starts = 0;

        await Assert.ThrowsAsync<TimeoutException>(() =>
            FreePorts.TryAsync<int>(() => throw new TimeoutException($"Start {++starts} took too long."))
        );

        Assert.Equal(1, starts);
    }
}
