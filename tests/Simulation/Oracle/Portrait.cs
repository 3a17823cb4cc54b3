using Billing;
using Storage;

namespace Simulation.Tests;

/// <summary>What an agreement has come to, in one line that can be compared.</summary>
internal static class Portrait
{
    private const int Many = 10_000;

    public static string Of(AgreementStore store, AgreementId id)
    {
        if (store.FindAsync(id, default).Result is not { } it)
        {
            return "nothing";
        }

        var attempts = store.ListAttemptsAsync(id, null, Many, default).Result.OrderBy(one => one.Key);
        var refunds = attempts.SelectMany(one => store.ListRefundsAsync(id, one.Key, null, Many, default).Result);
        return $"{it.Status} {it.Ending?.By} {string.Join(' ', it.Stops.Select(one => one.Reason))} {it.CapturedMinorUnits}-{it.RefundedMinorUnits}: "
            + string.Join(' ', attempts.Select(one => $"{one.Key}={one.State}-{one.RefundedMinorUnits}"))
            + string.Join(' ', refunds.OrderBy(one => one.Id).Select(one => $" {one.Id}={one.State}"));
    }

    /// <summary>The status, and what became of the charges that are older than a day.</summary>
    public static string OfLongAgo(World world, AgreementId id)
    {
        var until = world.Time.Now - TimeSpan.FromDays(1);
        var attempts = world.Store.ListAttemptsAsync(id, null, Many, default).Result;
        return $"{world.Store.FindAsync(id, default).Result?.Status}: "
            + string.Join(
                ' ',
                attempts.Where(it => it.CreatedAt < until).OrderBy(it => it.Key).Select(it => $"{it.Key}={it.State}")
            );
    }
}
