using PproSimulator;

namespace Simulation.Tests;

/// <summary>What befalls everyone at once: outages of PPRO, deployments, clocks set wrong, declining consumers.</summary>
internal static class Weather
{
    private static readonly SimFailure[] Declines =
    [
        new("PROVIDER_DECLINE", "INSUFFICIENT_FUNDS", "No money", true),
        new("PROVIDER_DECLINE", "INSUFFICIENT_FUNDS", "No money", null),
        new("PROVIDER_DECLINE", "IS_NOT_PERMITTED", "Not permitted", false),
        new("PROVIDER_DECLINE", "BLOCKED_BY_RISK", "Blocked", true),
    ];

    public static void Plan(World world)
    {
        var chance = Chance.Stream(world.Plan.Seed, 7);
        var (plan, trouble) = (world.Plan.Weather, world.Plan.Trouble);
        for (var number = 0; number < plan.Outages; number++)
        {
            var lasts = chance.AnySize(TimeSpan.FromMinutes(1), TimeSpan.FromHours(40));
            world.Time.After(trouble * chance.NextDouble(), () => world.BreakPpro(lasts));
        }

        for (var number = 0; number < plan.StorageOutages; number++)
        {
            var lasts = chance.AnySize(TimeSpan.FromSeconds(10), TimeSpan.FromHours(10));
            var what = chance.Pick(string.Empty, " agreements", " agreements");
            Between(lasts, () => SetStorage(world, what), () => SetStorage(world, null));
        }

        for (var number = 0; number < plan.ClockJumps; number++)
        {
            var offset = chance.AnySize(TimeSpan.FromSeconds(1), TimeSpan.FromHours(2)) * chance.Pick(1, -1);
            var lasts = chance.AnySize(TimeSpan.FromMinutes(1), TimeSpan.FromHours(12));
            Between(lasts, () => SetClocks(world, offset), () => SetClocks(world, TimeSpan.Zero));
        }

        for (var number = 0; number < plan.Deployments; number++)
        {
            world.Time.After(trouble * chance.NextDouble(), world.Deploy);
        }

        for (var number = 0; number < plan.Declines; number++)
        {
            var (decline, count) = (chance.Pick<SimFailure>(Declines), chance.Next(1, 4));
            world.Time.After(trouble * chance.NextDouble(), () => world.Books.Decline(decline, null, count));
        }

        for (var number = 0; number < plan.Stops; number++)
        {
            var (after, lasts) = Within(chance.AnySize(TimeSpan.FromMinutes(1), TimeSpan.FromHours(30)));
            world.Operator.Plan(after, lasts);
        }

        for (var number = 0; number < plan.Downtimes; number++)
        {
            var (after, lasts) = Within(chance.AnySize(TimeSpan.FromHours(1), trouble));
            world.Time.After(after, () => world.TakeAllDown(lasts));
        }

        (TimeSpan After, TimeSpan Lasts) Within(TimeSpan lasts)
        {
            var after = trouble * chance.NextDouble();
            return (after, after + lasts < trouble ? lasts : trouble - after);
        }

        void Between(TimeSpan lasts, Action begin, Action end)
        {
            var (after, until) = Within(lasts);
            world.Time.After(after, begin);
            world.Time.After(after + until, end);
        }
    }

    private static void SetStorage(World world, string? what)
    {
        world.StorageDown = what;
        if (what is not null)
        {
            world.Timeline.Count(Happening.StorageOutage);
        }

        world.Timeline.Say("storage", what is null ? "is up" : $"is down:{what}");
    }

    private static void SetClocks(World world, TimeSpan offset)
    {
        world.SetClocks(offset);
        if (offset != TimeSpan.Zero)
        {
            world.Timeline.Count(offset > TimeSpan.Zero ? Happening.ClockAhead : Happening.ClockBack);
        }

        world.Timeline.Say("clocks", $"are {offset} off");
    }
}
