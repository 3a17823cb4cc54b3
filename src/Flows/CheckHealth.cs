using Storage;

namespace Flows;

/// <summary>What an operator asks first: is storage there, does anything wait longer than it should, is
/// charging stopped?</summary>
public sealed class CheckHealth(WakeUps wakeUps, ChargingControlStore control, TimeProvider clock)
{
    public async Task<Reply> RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        try
        {
            var first = await wakeUps.FirstAsync(cancellationToken);
            var overdue = first < now ? Math.Round((now - first.Value).TotalMinutes, 1) : 0;
            var charging = ChargingControlView.Of(await control.FindAsync(cancellationToken), actions: null);
            return Answer(200, new("ok", now, first, overdue, charging));
        }
        catch (Exception e) when (e is Azure.RequestFailedException or AggregateException or IOException)
        {
            return Answer(503, new("storage unreachable", now, null, 0, null));
        }
    }

    private static Reply Answer(int status, HealthView view) =>
        Reply.Json(status, view, StorefrontJson.Readable.HealthView);
}
