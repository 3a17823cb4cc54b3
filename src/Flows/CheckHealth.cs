using Storage;

namespace Flows;

/// <summary>What an operator asks first: is storage there, and does anything wait longer than it should?</summary>
public sealed class CheckHealth(WakeUps wakeUps, TimeProvider clock)
{
    public async Task<Reply> RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        try
        {
            var first = await wakeUps.FirstAsync(cancellationToken);
            var overdue = first < now ? Math.Round((now - first.Value).TotalMinutes, 1) : 0;
            return Answer(200, new("ok", now, first, overdue));
        }
        catch (Exception e) when (e is Azure.RequestFailedException or AggregateException or IOException)
        {
            return Answer(503, new("storage unreachable", now, null, 0));
        }
    }

    private static Reply Answer(int status, HealthView view) =>
        Reply.Json(status, view, StorefrontJson.Readable.HealthView);
}
