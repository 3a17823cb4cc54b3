using Flows.Replies;
using Flows.Settings;
using Microsoft.Extensions.Options;
using Storage;

namespace Flows.Operations;

/// <summary>
/// What anybody may ask, a load balancer above all: is storage there, and whole, does anything wait longer than it
/// should, is charging stopped?
/// </summary>
public sealed class CheckHealth(
    MissingStores stores,
    WakeUps wakeUps,
    ChargingControlStore control,
    IOptions<ChargingOptions> charging,
    TimeProvider clock
)
{
    /// <summary>A wake-up that is due for so long shows that the timer does not run, or cannot keep up.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(10);

    public async Task<Reply> RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        try
        {
            if (await stores.FindAsync(cancellationToken) is { Count: > 0 } missing)
            {
                return Answer(503, new("storage incomplete", now, null, 0, null) { Missing = missing });
            }

            var first = await wakeUps.FirstAsync(cancellationToken);
            var overdue = first < now ? Math.Round((now - first.Value).TotalMinutes, 1) : 0;
            var isStopped = (await control.FindAsync(cancellationToken)).Stop is not null;
            var view = new HealthChargingView(isStopped) { IsEnabled = charging.Value.Enabled };
            return now - first > Late
                ? Answer(503, new("late", now, first, overdue, view))
                : Answer(200, new("ok", now, first, overdue, view));
        }
        catch (Exception e) when (e is Azure.RequestFailedException or AggregateException or IOException)
        {
            return Answer(503, new("storage unreachable", now, null, 0, null));
        }
    }

    private static Reply Answer(int status, HealthView view) =>
        Reply.Json(status, view, StorefrontJson.Readable.HealthView);
}
