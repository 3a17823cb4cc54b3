using Billing;
using Storage;

namespace Flows.Sending;

/// <summary>The stop switch as this worker sees it: its view is never older than 5 s.</summary>
public sealed class ChargingSwitch(ChargingControlStore store, TimeProvider clock)
{
    private const int Reads = 3;
    private static readonly TimeSpan OldestView = TimeSpan.FromSeconds(5);

    private volatile View? view;

    public async Task<ChargingStop?> FindStopAsync(CancellationToken cancellationToken) =>
        await FindAsync(cancellationToken) is { } control
            ? control.Stop
            : new(
                clock.GetUtcNow(),
                ChargingControl.Service,
                "the stop switch could not be read in time",
                IsAutomatic: true
            );

    /// <summary>The control row as it was at most 5 s ago; null when it could not be read in time.</summary>
    public async Task<ChargingControl?> FindAsync(CancellationToken cancellationToken)
    {
        if (view is { } seen && IsFresh(seen))
        {
            return seen.Control;
        }

        for (var read = 1; read <= Reads; read++)
        {
            var readAt = clock.GetTimestamp();
            var now = new View(await store.FindAsync(cancellationToken), readAt);
            if (IsFresh(now))
            {
                view = now;
                return now.Control;
            }
        }

        return null;
    }

    /// <summary>The next question is answered by the control row itself.</summary>
    public void Forget() => view = null;

    /// <summary>A read may be held up too: a stop may have been answered since.</summary>
    private bool IsFresh(View it) => clock.GetElapsedTime(it.ReadAt) < OldestView;

    private sealed record View(ChargingControl Control, long ReadAt);
}
