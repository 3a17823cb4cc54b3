using Billing;
using PproSimulator;

namespace Simulation.Tests;

/// <summary>The README's promises 3 and 5: what went back.</summary>
internal static class Refunded
{
    private const string Rejected = "REFUND_FUNDS_REJECTED";

    public static void Judge(World world, Life life, Agreement agreement, SimCharge[] charges)
    {
        var refunds = charges.Where(it => IsOurs(world, agreement, it)).SelectMany(it => it.Refunds).ToList();
        foreach (var charge in charges.Where(it => it.Refunded > it.Captured.Value))
        {
            world.Violate($"{charge.Reference} was refunded more than it captured");
        }

        var untouched = charges
            .Where(it => !it.Refunds.Exists(PortalRefunds.IsOne) && !it.Funds.ContainsValue(Rejected))
            .SelectMany(it => it.Refunds);
        if (
            untouched.FirstOrDefault(it => it.Failure?.Code.StartsWith("EXCEEDS", StringComparison.Ordinal) is true)
                is { } over
            && !world.Oddly.IsMisquoted(life)
        )
        {
            world.Violate($"refund {over.Reference} asked for more than was left");
        }

        var ours = refunds.Where(it => !PortalRefunds.IsOne(it));
        foreach (var same in ours.GroupBy(it => it.Reference).Where(it => it.Count() > 1))
        {
            world.Violate($"refund {same.Key} was made {same.Count()} times");
        }

        var refunded = refunds.Where(it => IsMade(it, charges)).Sum(it => it.Amount);
        if (agreement.OpenRefunds.IsEmpty && agreement.RefundedMinorUnits != refunded && !world.Oddly.IsMisquoted(life))
        {
            world.Violate($"{agreement.Id}: PPRO refunded {refunded}, and we say {agreement.RefundedMinorUnits}");
        }

        if (
            agreement.OpenRefunds is [var open, ..]
            && world.Time.Now - open.CreatedAt > TimeSpan.FromDays(5)
            && !world.Oddly.IsMisquoted(life)
        )
        {
            world.Violate($"refund {open.Reference} is still {open.State}");
        }
    }

    /// <summary>PPRO has made it, and its money was not sent back.</summary>
    public static bool IsMade(SimRefund refund, IEnumerable<SimCharge> charges) =>
        refund.Status is "REFUNDED" && !charges.Any(it => it.Funds.GetValueOrDefault(refund.Id) is Rejected);

    /// <summary>Of two charges that one request made, the one that we were told of.</summary>
    private static bool IsOurs(World world, Agreement agreement, SimCharge charge) =>
        !charge.IsTwin
        || (
            world.Ledger.KeyOf(agreement.Id.Value, charge.Reference!) is { } key
            && world.Store.FindAttemptAsync(agreement.Id, key, default).Result?.ProviderId == charge.Id
        );
}
