using System.Collections.Concurrent;
using Flows.Walk;
using PproSimulator;
using Storage;

namespace JourneyKit;

/// <summary>
/// A healthy process: its timer, its queues and PPRO's deliveries, driven by a clock that goes from event to event.
/// Nothing here waits for real time.
/// </summary>
public sealed class JourneyHost(Journey journey, ShowAgain showAgain, PproBooks books, SetClock clock)
{
    private const int MaxJumps = 10_000;
    private const int AtOnce = 8;
    private readonly QueueWorker worker = new(journey, showAgain);
    private readonly ConcurrentQueue<string> failures = [];

    /// <summary>
    /// Where messages have dates of another clock, none is ever old enough for the timer: what lies in poison is handled
    /// one by one, as the timer does it.
    /// </summary>
    public bool TakesPoisonAtOnce { get; init; }

    /// <summary>Every message that failed, with what its flow threw.</summary>
    public IReadOnlyList<string> Failures => [.. failures];

    public Task AdvanceAsync(TimeSpan time) => AdvanceToAsync(clock.GetUtcNow() + time);

    /// <summary>
    /// To the earliest next wake-up or doing of PPRO's; the timer; everything on the queues; and again, until then.
    /// </summary>
    public async Task AdvanceToAsync(DateTimeOffset target)
    {
        for (var jumps = 0; jumps < MaxJumps; jumps++)
        {
            await SettleAsync();
            if (clock.GetUtcNow() >= target)
            {
                return;
            }

            clock.AdvanceTo(await NextJumpAsync(target));
            await journey.Get<EveryMinute>().RunAsync(CancellationToken.None);
        }

        throw new TimeoutException($"{target:O} was not reached in {MaxJumps} jumps.");
    }

    /// <summary>Delivers what PPRO has to say and handles what is on the queues, until there is nothing.</summary>
    public async Task SettleAsync()
    {
        var isBusy = true;
        while (isBusy)
        {
            isBusy = await journey.DeliverAsync(books, clock) > 0;
            foreach (var queue in TakesPoisonAtOnce ? StoreNames.Queues : StoreNames.Listened)
            {
                isBusy |= await DrainAsync(queue);
            }
        }
    }

    private async Task<bool> DrainAsync(string queue)
    {
        var any = false;
        while (await worker.ReceiveAsync(queue) is { Count: > 0 } messages)
        {
            any = true;
            await Parallel.ForEachAsync(
                messages,
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
                async (message, _) => await HandleAsync(queue, message)
            );
        }

        return any;
    }

    private async Task HandleAsync(string queue, ReceivedMessage message)
    {
        if (await worker.HandleAsync(queue, message) is { } failure)
        {
            failures.Enqueue($"{queue}: {failure}");
        }
    }

    /// <summary>What is due already waits for the next minute's timer.</summary>
    private async Task<DateTimeOffset> NextJumpAsync(DateTimeOffset target)
    {
        var now = clock.GetUtcNow();
        var wakeUp = await journey.Get<WakeUps>().FirstAsync(CancellationToken.None);
        DateTimeOffset?[] moments = [wakeUp, books.NextAt, await NextPoisonAsync(now)];
        return moments
            .Select(moment => moment <= now ? Keys.MinuteNotBefore(now + TimeSpan.FromTicks(1)) : moment)
            .Append(target)
            .Min()!
            .Value;
    }

    /// <summary>When the timer next takes what lies in poison; null when nothing does.</summary>
    private async Task<DateTimeOffset?> NextPoisonAsync(DateTimeOffset now)
    {
        var depth =
            await journey.Get<IQueues>().DepthAsync(StoreNames.PproEventsPoison, CancellationToken.None)
            + await journey.Get<IQueues>().DepthAsync(StoreNames.DueAgreementsPoison, CancellationToken.None);
        return depth is 0 ? null : EveryMinute.PoisonTimeAfter(now);
    }
}
