using Flows.Sending;
using Flows.Settings;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Ppro;
using Storage;

namespace Flows.Looks;

/// <summary>
/// The timer's work: every agreement whose wake-up has come is put on the queue, and only then its wake-up is
/// deleted. It may run twice, late, or beside itself: a look too many finds nothing to do.
/// </summary>
public sealed class IssueRecurringCharges(
    WakeUps wakeUps,
    IQueues queues,
    PproClient ppro,
    AutomaticStop automaticStop,
    IOptions<PproOptions> pproOptions,
    IOptions<ChargingOptions> charging,
    ILogger<IssueRecurringCharges> logger
)
{
    private const int MaxPerRun = 3_000;

    /// <summary>An entity-group transaction holds 100 deletes.</summary>
    private const int MaxPerDelete = 100;
    private const int PutsAtOnce = 8;

    /// <summary>
    /// The platform's scaler counts messages that wait invisibly, so no more than this many seconds wait.
    /// </summary>
    private const int MaxSecondsAhead = 20;

    /// <summary>How many looks were asked for.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await automaticStop.RecoverAsync(cancellationToken);
        var perSecond = ppro.LatestRateLimit?.ReplenishRate is > 0 and var seen
            ? seen
            : pproOptions.Value.WritesPerSecond;
        var due = await wakeUps.DueAsync(MaxPerRun, cancellationToken);
        if (due.Count is 0)
        {
            return 0;
        }

        var waiting = await queues.DepthAsync(StoreNames.DueAgreements, cancellationToken);
        var room = charging.Value.Pace ? Math.Max(0, (MaxSecondsAhead * perSecond) - waiting) : due.Count;
        var taken = due.Take(room).ToList();
        await PutAsync(taken, perSecond, cancellationToken);
        logger.Due(taken.Count);
        return taken.Count;
    }

    private async Task PutAsync(IReadOnlyList<WakeUp> due, int perSecond, CancellationToken cancellationToken)
    {
        var numbered = due.Select((wakeUp, index) => (WakeUp: wakeUp, Delay: DelayOf(index, perSecond)));
        foreach (var minute in numbered.GroupBy(it => it.WakeUp.Minute))
        {
            foreach (var group in minute.Chunk(MaxPerDelete))
            {
                foreach (var together in group.Chunk(PutsAtOnce))
                {
                    await Task.WhenAll(together.Select(it => PutAsync(it.WakeUp, it.Delay, cancellationToken)));
                }

                await wakeUps.DeleteAsync([.. group.Select(it => it.WakeUp)], cancellationToken);
            }
        }
    }

    private Task PutAsync(WakeUp wakeUp, TimeSpan delay, CancellationToken cancellationToken) =>
        queues.PutAsync(StoreNames.DueAgreements, LookMessage.Of(wakeUp.Agreement), delay, cancellationToken);

    private TimeSpan DelayOf(int index, int perSecond) =>
        charging.Value.Pace ? TimeSpan.FromSeconds(index / perSecond) : TimeSpan.Zero;
}
