using Billing;
using PproSimulator;

namespace Simulation.Tests;

/// <summary>
/// A refund that was accepted is made at PPRO, has visibly failed, or is still under way: never silently gone.
/// </summary>
internal static class Promised
{
    public static void Judge(World world, Life life, SimCharge[] charges)
    {
        foreach (var promise in life.PromisedRefunds)
        {
            Judge(
                world,
                life,
                promise,
                [.. charges.SelectMany(it => it.Refunds).Where(it => Refunded.IsMade(it, charges))]
            );
        }
    }

    private static void Judge(World world, Life life, PromisedRefund promise, SimRefund[] made)
    {
        var refund = Find(world, life.Id, promise.ChargeKey, promise.Id);
        while (refund?.RetriedAs is { } next)
        {
            refund = Find(world, life.Id, promise.ChargeKey, next);
        }

        var isMisquoted = world.Oddly.IsMisquoted(life);
        if (refund is null || (refund.Amount.MinorUnits != promise.Amount && !isMisquoted))
        {
            world.Violate(
                $"refund {promise.Id} of {promise.Amount} was accepted, and is {refund?.ToString() ?? "gone"}"
            );
            return;
        }

        var isInHand =
            world.Store.FindAsync(life.Id, default).Result!.OpenRefunds.Any(it => it.Id == refund.Id) || !refund.IsOpen;
        if (!isInHand)
        {
            world.Violate($"refund {refund.Reference} is {refund.State}, and nobody will ask for it");
        }

        var isMade = Array.Exists(made, it => it.Reference == refund.Reference);
        var isMadeHere = refund.State is RefundState.Refunded;
        if (!refund.IsOpen && isMade != isMadeHere && !isMisquoted)
        {
            world.Violate($"refund {refund.Reference} is {refund.State} here, and PPRO has it otherwise");
        }
    }

    private static Refund? Find(World world, AgreementId id, string chargeKey, string refund) =>
        world.Store.FindRefundAsync(id, chargeKey, refund, default).Result;
}
