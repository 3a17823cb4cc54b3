using Billing;
using PproSimulator;

namespace Simulation.Tests;

/// <summary>
/// The README's promise 34: what was taken for an agreement that we ended before we saw it active goes back.
/// </summary>
internal static class Approved
{
    private static readonly TimeSpan Settles = TimeSpan.FromDays(5);

    public static void Judge(World world, Life life, Agreement agreement, SimCharge[] charges)
    {
        var witness = world.Ledger.Of(life.Id)!;
        if (!witness.EndedBeforeSeenActive || Stopped.WasEver(world, life.Id))
        {
            return;
        }

        var first = charges.Where(it => it.IsCaptured && IsInitial(world, life, it));
        foreach (var kept in first.Where(it => RefundedOf(it) < it.Captured.Value))
        {
            var isUnderway = agreement.OpenRefunds.Any(it => world.Time.Now - it.CreatedAt < Settles);
            if (!isUnderway && world.Time.Now - kept.CapturedAt > Settles)
            {
                world.Violate(
                    $"{life.Plan.Key} was ended before we saw it active, and {kept.Captured.Value - RefundedOf(kept)} "
                        + $"of its first charge {kept.Reference} are kept"
                );
            }
        }
    }

    private static bool IsInitial(World world, Life life, SimCharge charge) =>
        world.Ledger.ClaimOf(life.Id.Value, charge.Reference!) is { Sending.IsInitial: true };

    private static long RefundedOf(SimCharge charge) =>
        charge.Refunds.Where(it => it.Status is "REFUNDED").Sum(it => it.Amount);
}
