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
                it.IsCaptured
                && world.Ledger.ClaimOf(it.Agreement.Reference!, it.Reference!) is { Sending.IsInitial: false }
            ),
        ];
        if (captured is not [])
        {
            Refund(world, captured[pick % captured.Length], amount, name);
        }
    }

    private static void Refund(World world, SimCharge charge, long amount, string? name)
    {
        var status = world.Books.RefundBehindOurBack(charge.Id, amount, name).Status;
        world.Timeline.Say("portal", $"refunds {amount} of {charge.Reference}: {status}");
        if (status is 200)
        {
            world.Timeline.Count(Happening.RefundedInPortal);
        }
    }

    /// <summary>One request made two charges, and both were captured: someone gives the second one's money back.</summary>
    public static void RefundTwins(World world)
    {
        foreach (
            var twins in world
                .Books.Charges.Where(it => it is { IsTwin: true, IsCaptured: true })
                .ToLookup(it => it.Reference)
        )
        {
            if (twins.Count() > 1)
            {
                Refund(world, twins.Last(), twins.Last().Captured.Value, Name);
            }
        }
    }

    /// <summary>An operator who knows of them, or of what PPRO did oddly, has every agreement compared.</summary>
    public static void Recheck(World world)
    {
        if (world.Plan is { PortalRefunds: 0, Odd.IsNone: true })
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
