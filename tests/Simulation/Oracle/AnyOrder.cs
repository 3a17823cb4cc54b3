using Azure.Data.Tables;
using Flows.Events;
using JourneyKit;
using PproSimulator;
using Storage;

namespace Simulation.Tests;

/// <summary>
/// The README's promise 24: all events of a history, as if none had ever been applied, once in their order and once
/// shuffled and in part doubled: both end in the same state.
/// </summary>
internal static class AnyOrder
{
    /// <summary>It takes about as long as a history, so only some are judged by it.</summary>
    private const int OneIn = 4;

    public static void Judge(World world)
    {
        if (world.Violation is not null || world.Plan.Seed % OneIn is not 0)
        {
            return;
        }

        var random = Chance.Stream(world.Plan.Seed, 12);
        SimEvent[] events = [.. world.Books.Events.All];
        SimEvent[] shuffled = [.. events, .. events.Where(_ => random.Is(0.3))];
        random.Shuffle(shuffled);
        world.Timeline.Count(Happening.EventsReordered);
        foreach (var (ordered, other) in Apply(world, events).Zip(Apply(world, shuffled)))
        {
            if (ordered != other)
            {
                world.Violate($"events in order end in\n  {ordered}\nand in another order in\n  {other}");
            }
        }
    }

    private static List<string> Apply(World world, IEnumerable<SimEvent> events)
    {
        var (tables, clock) = (world.Tables.Copy(IsNoEvent), new StoppedClock(world.Time.Now));
        using var journey = new Journey(
            new(tables, new MemoryQueues(clock), clock, world.Books)
            {
                Services = services => world.Tooth.Plant(world, services),
            }
        );
        var applied = Task.CompletedTask;
        foreach (var happened in events)
        {
            var message = new QueuedEvent(world.Time.Now, happened.Body).ToMessage();
            world.Stage.Run(
                new("any order event "),
                () => applied = journey.Get<ApplyPproEvent>().RunAsync(message, default)
            );
            applied.GetAwaiter().GetResult();
        }

        var store = new AgreementStore(tables, new WakeUps(tables, clock), clock);
        return [.. world.Lives.Select(it => Portrait.Of(store, it.Id))];
    }

    /// <summary>Money that moved and what the shop asked for have rows of their own, which stay.</summary>
    private static bool IsNoEvent(TableEntity row) =>
        !row.RowKey.StartsWith(Keys.EventPrefix, StringComparison.Ordinal);
}
