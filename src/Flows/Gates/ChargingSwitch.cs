using Billing;
using Storage;

namespace Flows;

/// <summary>The stop switch as this worker sees it: its view is never older than 5 s.</summary>
public sealed class ChargingSwitch(ChargingControlStore store, TimeProvider clock)
{
    private const int Reads = 3;
    private static readonly TimeSpan OldestView = TimeSpan.FromSeconds(5);

    private volatile View? view;

    public async Task<ChargingStop?> FindStopAsync(CancellationToken cancellationToken)
    {
        if (view is { } seen && IsFresh(seen))
        {
            return seen.Stop;
        }

        for (var read = 1; read <= Reads; read++)
        {
            var readAt = clock.GetTimestamp();
            var control = await store.FindAsync(cancellationToken);
            var now = new View(control.Stop, readAt);
            if (IsFresh(now))
            {
                view = now;
                return now.Stop;
            }
        }

        return new(clock.GetUtcNow(), "service", "the stop switch could not be read in time", IsAutomatic: true);
    }

    /// <summary>The next question is answered by the control row itself.</summary>
    public void Forget() => view = null;

    /// <summary>A read may be held up too: a stop may have been answered since.</summary>
    private bool IsFresh(View it) => clock.GetElapsedTime(it.ReadAt) < OldestView;

    private sealed record View(ChargingStop? Stop, long ReadAt);
}
