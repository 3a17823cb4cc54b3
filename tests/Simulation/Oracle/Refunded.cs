using Billing;
using PproSimulator;

namespace Simulation.Tests;

/// <summary>Invariants 3 and 5: what went back.</summary>
internal static class Refunded
{
    public static void Judge(World world, Agreement agreement, SimCharge[] charges)
    {
        var refunds = charges.SelectMany(it => it.Refunds).ToList();
        foreach (var charge in charges.Where(it => it.Refunded > it.Amount.Value))
        {
            world.Violate($"{charge.Reference} was refunded more than it captured");
        }

        var untouched = charges.Where(it => !it.Refunds.Exists(PortalRefunds.IsOne)).SelectMany(it => it.Refunds);
        if (
            untouched.FirstOrDefault(it => it.Failure?.Code.StartsWith("EXCEEDS", StringComparison.Ordinal) is true) is
            { } over
        )
        {
            world.Violate($"refund {over.Reference} asked for more than was left");
        }

        var ours = refunds.Where(it => !PortalRefunds.IsOne(it));
        foreach (var same in ours.GroupBy(it => it.Reference).Where(it => it.Count() > 1))
        {
            world.Violate($"refund {same.Key} was made {same.Count()} times");
        }

        var refunded = refunds.Where(it => it.Status is "REFUNDED").Sum(it => it.Amount);
        if (agreement.OpenRefunds.IsEmpty && agreement.RefundedMinorUnits != refunded)
        {
            world.Violate($"{agreement.Id}: PPRO refunded {refunded}, and we say {agreement.RefundedMinorUnits}");
        }

        if (agreement.OpenRefunds is [var open, ..] && world.Time.Now - open.CreatedAt > TimeSpan.FromDays(5))
        {
            world.Violate($"refund {open.Reference} is still {open.State}");
        }
    }
}
