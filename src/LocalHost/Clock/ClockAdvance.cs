using System.Diagnostics;
using LocalHost.Queues;
using LocalHost.Timers;
using LocalHost.Workers;

namespace LocalHost.Clock;

/// <summary>
/// Moves the simulated clock from event to event: to the earliest next moment that anyone knows, then fires the timers
/// that are due, waits until the queues are empty, retries included, and asks again, until the target is reached.
/// </summary>
internal sealed class ClockAdvance(
    SimulatedClock clock,
    TimerPump timers,
    IReadOnlyList<QueuePump> queues,
    FunctionRunner runner,
    IReadOnlyList<RemoteMoment> sources,
    TimeSpan retriesTake
)
{
    private const int MaxJumps = 50_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan SettledWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ShortestPoll = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestPoll = TimeSpan.FromMilliseconds(160);

    /// <summary>
    /// How many jumps it took; throws <see cref="TimeoutException"/> when the queues do not become empty.
    /// </summary>
    public async Task<int> ToAsync(DateTimeOffset target, CancellationToken cancellationToken)
    {
        for (var jumps = 0; jumps < MaxJumps; jumps++)
        {
            await SettleAsync(cancellationToken);
            if (clock.GetUtcNow() >= target)
            {
                return jumps;
            }

            clock.AdvanceTo(await NextJumpAsync(target, cancellationToken));
            await Task.Delay(SimulatedClock.SeenWithin, cancellationToken);
            await timers.FireDueAsync(cancellationToken);
        }

        throw new TimeoutException($"The target was not reached in {MaxJumps} jumps.");
    }

    /// <summary>Something that is due already waits for the next timer.</summary>
    private async Task<DateTimeOffset> NextJumpAsync(DateTimeOffset target, CancellationToken cancellationToken)
    {
        var next = target;
        foreach (var source in sources)
        {
            var moment = await source.NextAsync(cancellationToken);
            var jump = moment <= clock.GetUtcNow() ? timers.NextAt : moment;
            next = jump < next ? jump.Value : next;
        }

        return next;
    }

    private async Task SettleAsync(CancellationToken cancellationToken)
    {
        var (start, within) = (Stopwatch.GetTimestamp(), Patience + retriesTake);
        var poll = ShortestPoll;
        while (!await IsQuietAsync(cancellationToken))
        {
            if (Stopwatch.GetElapsedTime(start) > within)
            {
                throw new TimeoutException($"The queues did not become empty within {within.TotalSeconds:0} s.");
            }

            await Task.Delay(poll, cancellationToken);
            poll = poll < LongestPoll ? poll * 2 : poll;
        }

        var settling = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(settling) < SettledWithin && await IsUnderWayAsync(cancellationToken))
        {
            await timers.FireDueAsync(cancellationToken);
            await Task.Delay(ShortestPoll, cancellationToken);
        }

        if (!await IsQuietAsync(cancellationToken))
        {
            await SettleAsync(cancellationToken);
        }
    }

    private async Task<bool> IsQuietAsync(CancellationToken cancellationToken)
    {
        foreach (var queue in queues)
        {
            if (await queue.DepthAsync(cancellationToken) > 0)
            {
                return false;
            }
        }

        return runner.Running is 0;
    }

    /// <summary>
    /// True while someone beside the app is busy with what is due now. The app's own due moments wait for a timer.
    /// </summary>
    private async Task<bool> IsUnderWayAsync(CancellationToken cancellationToken)
    {
        foreach (var source in sources.Where(it => !it.IsApps))
        {
            if (await source.NextAsync(cancellationToken) <= clock.GetUtcNow())
            {
                return true;
            }
        }

        return false;
    }
}
