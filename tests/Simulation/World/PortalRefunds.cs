using JourneyKit;
using PproSimulator;

namespace Simulation.Tests;

/// <summary>
/// Someone gives money back in PPRO's portal, past us: under one name for all of them, or without any. When its event is
/// lost, only a comparison can learn of it: the walk's, within four weeks, or one that an operator asks for.
/// </summary>
internal static class PortalRefunds
{
    private const string Name = "return";

    public static void Plan(World world)
    {
        var chance = Chance.Stream(world.Plan.Seed, 16);
        for (var number = 0; number < world.Plan.PortalRefunds; number++)
        {
            var (pick, amount) = (chance.Next(2), chance.Next(1, 600));
            var name = chance.Pick(null, Name, Name);
            world.Time.After(world.Plan.Trouble * chance.NextDouble(), () => Refund(world, pick, amount, name));
        }
    }

    public static bool IsOne(SimRefund refund) => refund.Reference is null or Name;

    /// <summary>
    /// Of one of the first two captured, so that one charge has several. A charge that came with its agreement may be
    /// owed back in full; it is left alone.
    /// </summary>
    private static void Refund(World world, int pick, int amount, string? name)
    {
        SimCharge[] captured =
        [
            .. world.Books.Charges.Where(it =>
                it.IsCaptured && world.Ledger.ClaimOf(it.Reference!) is { IsInitial: false }
            ),
        ];
        if (captured is not [])
        {
            var charge = captured[pick % captured.Length];
            var status = world.Books.RefundBehindOurBack(charge.Id, amount, name).Status;
            world.Timeline.Say("portal", $"refunds {amount} of {charge.Reference}: {status}");
            if (status is 200)
            {
                world.Timeline.Count(Happening.RefundedInPortal);
            }
        }
    }

    /// <summary>An operator who knows of them has every agreement compared.</summary>
    public static void Recheck(World world)
    {
        if (world.Plan.PortalRefunds is 0)
        {
            return;
        }

        foreach (var life in world.Lives)
        {
            world.Operator.Recheck(life);
        }

        world.RunUntil(world.Time.Now + TimeSpan.FromMinutes(10));
    }
}
