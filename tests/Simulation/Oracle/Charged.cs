using Billing;
using PproSimulator;

namespace Simulation.Tests;

/// <summary>The README's promises 1, 2 and 5: what was captured.</summary>
internal static class Charged
{
    private const int Many = 10_000;

    /// <summary>Longer than a request can be on its way.</summary>
    private static readonly TimeSpan HeldUp = TimeSpan.FromHours(2);
    private static readonly TimeSpan ReadAgain = TimeSpan.FromHours(4.5);

    public static void Judge(World world, Life life, Agreement agreement, SimCharge[] charges)
    {
        var ordered = charges.Where(it => !Oddly.IsOdd(it)).ToList();
        foreach (var same in ordered.GroupBy(it => it.Reference).Where(it => it.Count(one => one.IsCaptured) > 1))
        {
            world.Violate($"{same.Key} was captured {same.Count(it => it.IsCaptured)} times");
        }

        foreach (var period in charges.Where(it => PeriodOf(it, life) is not null).GroupBy(it => PeriodOf(it, life)))
        {
            JudgePeriod(world, period.Key!, [.. period.OrderBy(it => it.CreatedAt)]);
        }

        if (world.Ledger.Of(life.Id)?.Calendar is { } calendar)
        {
            foreach (
                var stray in charges.Where(it => PeriodOf(it, life) is { } day && !calendar.Taken.Contains(DayOf(day)))
            )
            {
                world.Violate($"{stray.Reference} is of no period");
            }
        }

        JudgeOther(world, life, charges);
        if (!world.Oddly.IsMisquoted(life))
        {
            JudgeSum(world, life, agreement, charges);
            JudgeEach(world, agreement, charges);
        }

        JudgeCancelled(world, life, agreement, charges);
    }

    /// <summary>
    /// Another currency is no won. Of two charges that one request made, one is ours; the other is for a person.
    /// </summary>
    private static void JudgeSum(World world, Life life, Agreement agreement, SimCharge[] charges)
    {
        var ours = world.Store.ListAttemptsAsync(agreement.Id, null, Many, default).Result;
        var captured = charges
            .Where(it => it is { IsCaptured: true, Captured.Currency: "KRW" } && !IsYetToBeRead(world, agreement, it))
            .Where(it => Twins.AreOurs(world, ours, it, charges))
            .Sum(it => it.Captured.Value);
        if (agreement.CapturedMinorUnits != captured)
        {
            world.Violate($"{life.Plan.Key}: PPRO captured {captured}, and we say {agreement.CapturedMinorUnits}");
        }
    }

    /// <summary>
    /// The README's promise 33: where PPRO captured anything else than was asked for, a person was called.
    /// </summary>
    private static void JudgeOther(World world, Life life, SimCharge[] charges)
    {
        if (
            charges.FirstOrDefault(it => it.IsCaptured && it.Captured != it.Amount) is { } other
            && !Stopped.WasEver(world, life.Id)
        )
        {
            world.Violate($"{other.Reference} was captured as {other.Captured}, not {other.Amount}, and nobody minds");
        }
    }

    /// <summary>
    /// Charge by charge: what PPRO captured we know as captured, and nothing else. A person was called for what no
    /// event has told us of two charges that one request made.
    /// </summary>
    private static void JudgeEach(World world, Agreement agreement, SimCharge[] charges)
    {
        var captured = charges.Where(it => it.IsCaptured).Select(it => it.Reference!).ToHashSet();
        var ours = world.Store.ListAttemptsAsync(agreement.Id, null, Many, default).Result;
        foreach (var attempt in ours.Where(it => !it.IsOpen))
        {
            var isForAPerson =
                Twins.AreUnheardOf(world, attempt.Reference, charges) && Stopped.WasEver(world, agreement.Id);
            if (captured.Contains(attempt.Reference) != attempt.State is AttemptState.Captured && !isForAPerson)
            {
                world.Violate($"{attempt.Key} is {attempt.State} here, and PPRO has it otherwise");
            }
        }

        var known = ours.Select(it => it.Reference).ToHashSet();
        if (captured.FirstOrDefault(it => !known.Contains(it)) is { } stranger)
        {
            world.Violate($"PPRO captured {stranger}, and we do not know it");
        }
    }

    /// <summary>
    /// The README's promise 13: once a cancel is accepted nothing is begun, and no period of the time after it.
    /// </summary>
    private static void JudgeCancelled(World world, Life life, Agreement agreement, SimCharge[] charges)
    {
        if (charges.FirstOrDefault(it => it.CreatedAt > life.CancelledAt + HeldUp) is { } late)
        {
            world.Violate($"{late.Reference} was charged at {late.CreatedAt}, after the cancel of {life.CancelledAt}");
        }

        if (
            agreement.Plan.Cancel?.On is { } end
            && charges.FirstOrDefault(it => PeriodOf(it, life) is { } day && DayOf(day) >= end) is { } beyond
        )
        {
            world.Violate($"{beyond.Reference} was charged, and {life.Plan.Key} ends on {end:O}");
        }
    }

    private static DateOnly DayOf(string period) => DateOnly.ParseExact(period, "yyyyMMdd", null);

    private static void JudgePeriod(World world, string period, SimCharge[] attempts)
    {
        if (attempts.Count(it => it.IsCaptured && !Oddly.IsOdd(it)) > 1)
        {
            world.Violate($"period {period} was captured {attempts.Count(it => it.IsCaptured)} times");
        }

        foreach (var (earlier, later) in attempts.Zip(attempts.Skip(1)))
        {
            if (!earlier.IsTwin && !(earlier.FailedAt <= later.CreatedAt))
            {
                world.Violate($"{later.Reference} began before {earlier.Reference} had failed");
            }
        }
    }

    /// <summary>Without webhooks an open attempt is read every 4 h.</summary>
    private static bool IsYetToBeRead(World world, Agreement agreement, SimCharge charge) =>
        world.Time.Now - charge.CapturedAt < ReadAgain && agreement.Open.Any(it => it.Reference == charge.Reference);

    /// <summary>The period that our references name; null for a single charge.</summary>
    private static string? PeriodOf(SimCharge charge, Life life) =>
        charge.Reference?.Split('-') is [var id, { Length: 8 } period, _] && id == life.Id.Value ? period : null;
}
