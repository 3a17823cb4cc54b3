using Billing;
using Storage;

namespace Flows;

/// <summary>The stop switch as this worker sees it: its view is never older than 5 s.</summary>
public sealed class ChargingSwitch(ChargingControlStore store, TimeProvider clock)
{
    private static readonly TimeSpan OldestView = TimeSpan.FromSeconds(5);

    private volatile View? view;

    public async Task<ChargingStop?> FindStopAsync(CancellationToken cancellationToken)
    {
        if (view is { } seen && clock.GetElapsedTime(seen.ReadAt) < OldestView)
        {
            return seen.Stop;
        }

        var readAt = clock.GetTimestamp();
        var control = await store.FindAsync(cancellationToken);
        view = new(control.Stop, readAt);
        return control.Stop;
    }

    /// <summary>The next question is answered by the control row itself.</summary>
    public void Forget() => view = null;

    private sealed record View(ChargingStop? Stop, long ReadAt);
}
