using Billing;
using PproSimulator;
using Storage;

namespace Simulation.Tests;

/// <summary>
/// After a history and its calm days: the promises, against the books of PPRO and not against ours.
/// </summary>
internal static class Judgement
{
    public static void Pass(World world)
    {
        foreach (var life in world.Lives)
        {
            if (world.Violation is null && world.Store.FindAsync(life.Id, default).Result is { } agreement)
            {
                Judge(world, life, agreement);
            }
        }

        // A place for what is to come: caps and the stop switch (invariant 30), the hourly walk's count of lost looks.
    }

    private static void Judge(World world, Life life, Agreement agreement)
    {
        SimCharge[] charges = [.. world.Books.Charges.Where(it => it.Agreement.Reference == life.Id.Value)];
        Charged.Judge(world, life, agreement, charges);
        Refunded.Judge(world, agreement, charges);
        Scheduled.Judge(world, agreement);
        world.Ledger.CheckBaton(life.Id.Value);
        if (agreement.Exception is { } exception)
        {
            world.Violate($"{life.Plan.Key} has an exception: {exception}");
        }

        if (
            agreement.Open.FirstOrDefault(it => it.State is not AttemptState.Waiting) is { } open
            && world.Time.Now - (open.FirstSentAt ?? open.CreatedAt) > TimeSpan.FromDays(5)
        )
        {
            world.Violate($"{open.Key} of {life.Plan.Key} is still {open.State}");
        }

        JudgeMoneyRows(world, agreement);
        JudgeEnd(world, life, agreement);
    }

    /// <summary>Invariant 5: the sums can be recomputed from the rows of moved money alone.</summary>
    private static void JudgeMoneyRows(World world, Agreement agreement)
    {
        var range = KeyRange.Prefix(agreement.Id.Value, Keys.MoneyPrefix, 10_000);
        var rows = world.Tables.RangeAsync(StoreNames.Agreements, range, default).Result;
        var captured = rows.Sum(row => row.GetInt64("CapturedMinorUnits")!.Value);
        var refunded = rows.Sum(row => row.GetInt64("RefundedMinorUnits")!.Value);
        if ((captured, refunded) != (agreement.CapturedMinorUnits, agreement.RefundedMinorUnits))
        {
            world.Violate($"{agreement.Id}: the rows of moved money say {captured} and {refunded}");
        }
    }

    /// <summary>Invariants 12 to 15: PPRO's word is ours, and who is to be ended has ended.</summary>
    private static void JudgeEnd(World world, Life life, Agreement agreement)
    {
        if (life.AtPpro is not { } theirs)
        {
            return;
        }

        if (agreement.Ending is not null && agreement.Provider.Id is not null && theirs.Status is "ACTIVE")
        {
            world.Violate($"{life.Plan.Key} is to end, and PPRO has it ACTIVE");
        }

        if (agreement.Status is { } ours && ours.IsFinal() && Flows.Words.Of(ours) != theirs.Status)
        {
            world.Violate($"{life.Plan.Key} is {ours} here and {theirs.Status} at PPRO");
        }
    }
}

/// <summary>Invariants 1, 2 and 5: what was captured.</summary>
internal static class Charged
{
    private static readonly TimeSpan ReadAgain = TimeSpan.FromHours(4.5);

    public static void Judge(World world, Life life, Agreement agreement, SimCharge[] charges)
    {
        foreach (var same in charges.GroupBy(it => it.Reference).Where(it => it.Count(one => one.IsCaptured) > 1))
        {
            world.Violate($"{same.Key} was captured {same.Count(it => it.IsCaptured)} times");
        }

        foreach (var period in charges.Where(it => PeriodOf(it, life) is not null).GroupBy(it => PeriodOf(it, life)))
        {
            JudgePeriod(world, period.Key!, [.. period.OrderBy(it => it.CreatedAt)]);
        }

        if (world.Ledger.Of(life.Id) is { } witness)
        {
            foreach (var stray in charges.Where(it => PeriodOf(it, life) is { } day && !IsTaken(witness, day)))
            {
                world.Violate($"{stray.Reference} is of no period");
            }
        }

        var captured = charges
            .Where(it => it.IsCaptured && !IsYetToBeRead(world, agreement, it))
            .Sum(it => it.Amount.Value);
        if (agreement.CapturedMinorUnits != captured)
        {
            world.Violate($"{life.Plan.Key}: PPRO captured {captured}, and we say {agreement.CapturedMinorUnits}");
        }
    }

    private static void JudgePeriod(World world, string period, SimCharge[] attempts)
    {
        if (attempts.Count(it => it.IsCaptured) > 1)
        {
            world.Violate($"period {period} was captured {attempts.Count(it => it.IsCaptured)} times");
        }

        foreach (var (earlier, later) in attempts.Zip(attempts.Skip(1)))
        {
            if (earlier.Status is not "FAILED" || earlier.UpdatedAt > later.CreatedAt)
            {
                world.Violate($"{later.Reference} began before {earlier.Reference} had failed");
            }
        }
    }

    /// <summary>Without webhooks an open attempt is read every 4 h.</summary>
    private static bool IsYetToBeRead(World world, Agreement agreement, SimCharge charge) =>
        world.Time.Now - charge.CapturedAt < ReadAgain && agreement.Open.Any(it => it.Reference == charge.Reference);

    private static bool IsTaken(AgreementWitness witness, string period) =>
        witness.Taken.Contains(DateOnly.ParseExact(period, "yyyyMMdd", null)) || witness.Taken is [];

    /// <summary>The period that our references name; null for a single charge.</summary>
    private static string? PeriodOf(SimCharge charge, Life life) =>
        charge.Reference?.Split('-') is [var id, { Length: 8 } period, _] && id == life.Id.Value ? period : null;
}

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

        if (refunds.Find(it => it.Failure?.Code.StartsWith("EXCEEDS", StringComparison.Ordinal) is true) is { } over)
        {
            world.Violate($"refund {over.Reference} asked for more than was left");
        }

        foreach (var same in refunds.GroupBy(it => it.Reference).Where(it => it.Count() > 1))
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

/// <summary>Invariants 16 to 20: every due period is charged, open, or skipped, with a reason.</summary>
internal static class Scheduled
{
    private const int Many = 10_000;
    private static readonly TimeSpan Late = TimeSpan.FromHours(30);

    public static void Judge(World world, Agreement agreement)
    {
        var attempts = world.Store.ListAttemptsAsync(agreement.Id, null, Many, default).Result;
        var skips = world.Store.ListSkipsAsync(agreement.Id, Many, default).Result;
        foreach (var day in world.Ledger.Of(agreement.Id)!.Taken)
        {
            if (
                !attempts.Any(it => it.Period?.Start == day)
                && !skips.Any(it => it.From <= day && day <= it.Through && it.Reason.Length > 0)
            )
            {
                world.Violate($"period {day:yyyyMMdd} of {agreement.Id} vanished");
            }
        }

        JudgeNext(world, agreement);
    }

    /// <summary>After calm days nothing that could be charged is still waiting to be.</summary>
    private static void JudgeNext(World world, Agreement agreement)
    {
        var rules = BillingRules.Default;
        if (
            agreement.MayCharge
            && PeriodAgenda.Items(agreement, rules, world.Time.Now).Any()
            && agreement.Plan.Schedule!.Period(agreement.Plan.NextPeriod).Start is var day
            && BillingCalendar.InstantAt(day, rules.WindowOpens) + Late < world.Time.Now
            && PeriodAgenda.NextDue(agreement, rules, world.Time.Now) is not null
        )
        {
            world.Violate($"period {day:yyyyMMdd} of {agreement.Id} is due and nobody charged it");
        }
    }
}
