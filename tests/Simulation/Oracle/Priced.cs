namespace Simulation.Tests;

/// <summary>
/// The README's promise 36: a period costs what the plan cost on the day it began, by the shop's own accepted changes;
/// its retries keep that. What the shop charges for a period by hand has the price that the shop gave.
/// </summary>
internal static class Priced
{
    public static void Judge(World world, Life life, Sending sending, long asked)
    {
        if (sending.Period is { } day && !Expected(world, life, sending, day).Contains(asked))
        {
            world.Violate($"{sending.Reference} asks for {asked}, which is not the price of its period");
        }
    }

    private static IEnumerable<long> Expected(World world, Life life, Sending sending, DateOnly day)
    {
        if (sending.Wish is { Kind: ErrandKind.Charge, Body: { } body })
        {
            return [(long)body["amount"]!["value"]!];
        }

        var earlier = world
            .Ledger.SendingsOf(sending.Agreement)
            .Where(it => it.Period == day && it.Number < sending.Number && it.Asked is not null)
            .OrderBy(it => it.Number)
            .ToList();
        var begins = new DateTimeOffset(day.ToDateTime(default), Grid.Seoul);
        return earlier is not [var first, ..] ? life.Terms.PricesAt(begins, world.Slack, At(world, sending))
            : first.Wish is { Kind: ErrandKind.Charge }
                ?
                [
                    .. life.Terms.PricesAt(begins, world.Slack, At(world, first)),
                    first.Asked!.Value, // Of one that it had let go, the schedule asks nothing else.
                    earlier[^1].Asked!.Value,
                ]
            : [first.Asked!.Value, earlier[^1].Asked!.Value];
    }

    private static DateTimeOffset At(World world, Sending sending) => sending.ClaimedAt ?? world.Time.Now;
}
