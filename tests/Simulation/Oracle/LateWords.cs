using Billing;
using PproSimulator;

namespace Simulation.Tests;

/// <summary>
/// What PPRO says of a refund after it had succeeded is heard when its event comes, and not by some later comparison.
/// </summary>
internal static class LateWords
{
    public static void Judge(World world)
    {
        foreach (var life in world.Lives.Where(it => world.Violation is null && world.Ledger.Of(it.Id) is not null))
        {
            foreach (var charge in world.Books.Charges.Where(it => it.Agreement == life.AtPpro))
            {
                Judge(world, life, charge);
            }
        }
    }

    private static void Judge(World world, Life life, SimCharge charge)
    {
        foreach (var refund in charge.Refunds.Where(it => it is { SucceededAt: not null, Status: "FAILED" }))
        {
            if (
                IsApplied(world, life, "PAYMENT_CHARGE_REFUND_FAILED", refund)
                && IsStillMade(world, life, charge, refund)
            )
            {
                world.Violate($"refund {refund.Reference} has failed after all, we were told, and say it is made");
            }
        }

        foreach (
            var refund in charge.Refunds.Where(it => charge.Funds.GetValueOrDefault(it.Id) is "REFUND_FUNDS_REJECTED")
        )
        {
            if (
                IsApplied(world, life, "FUNDS_STATE_CHANGED", refund)
                && IsKnown(world, life, charge, refund)
                && !Stopped.WasEver(world, life.Id)
            )
            {
                world.Violate($"the money of refund {refund.Reference} was sent back, we were told, and nobody minds");
            }
        }
    }

    private static bool IsApplied(World world, Life life, string type, SimRefund refund) =>
        world.Books.Events.All.Any(it =>
            it.Type == type
            && (it.Data["refundId"] ?? it.Data["paymentOperationId"])?.ToString() == refund.Id
            && (string?)it.Data["fundsState"] is null or "REFUND_FUNDS_REJECTED"
            && world.Ledger.Of(life.Id)!.Events.Contains(Convert.ToHexString(it.Body))
        );

    private static bool IsStillMade(World world, Life life, SimCharge charge, SimRefund refund) =>
        OursOf(world, life, charge, refund).Any(it => it.State is RefundState.Refunded);

    /// <summary>One that was made in the portal, and whose own event was lost, is heard of by a comparison.</summary>
    private static bool IsKnown(World world, Life life, SimCharge charge, SimRefund refund) =>
        OursOf(world, life, charge, refund).Any();

    private static IEnumerable<Refund> OursOf(World world, Life life, SimCharge charge, SimRefund refund) =>
        world.Ledger.KeyOf(life.Id.Value, charge.Reference!) is { } key
            ? world
                .Store.ListRefundsAsync(life.Id, key, null, 100, default)
                .Result.Where(it => it.ProviderId == refund.Id)
            : [];
}
