using Billing;

namespace Simulation.Tests;

/// <summary>The README's promises 16 to 20: every due period is charged, open, or skipped, with a reason.</summary>
internal static class Scheduled
{
    private const int Many = 10_000;
    private static readonly TimeSpan Late = TimeSpan.FromHours(30);

    public static void Judge(World world, Life life, Agreement agreement)
    {
        var attempts = world.Store.ListAttemptsAsync(agreement.Id, null, Many, default).Result;
        var skips = world.Store.ListSkipsAsync(agreement.Id, Many, default).Result;
        foreach (var day in world.Ledger.Of(agreement.Id)!.Calendar?.Taken ?? [])
        {
            if (
                !attempts.Any(it => it.Period?.Start == day)
                && !skips.Any(it => it.From <= day && day <= it.Through && it.Reason.Length > 0)
            )
            {
                world.Violate($"period {day:yyyyMMdd} of {agreement.Id} vanished");
            }
        }

        if (
            agreement.Plan.Schedule is { } schedule
            && schedule.Period(agreement.Plan.NextPeriod).Start is var start
            && world.Ledger.Of(agreement.Id)!.Calendar?.MayBeNext(start) is false
        )
        {
            world.Violate($"the next period of {agreement.Id} is to start on {start:O}, and none does");
        }

        JudgeNext(world, agreement, attempts);
        JudgeByCalendar(world, life, agreement);
    }

    /// <summary>By the calendar and PPRO's word alone: no day on which a period starts has gone by unnoticed.</summary>
    private static void JudgeByCalendar(World world, Life life, Agreement agreement)
    {
        var isToBeCharged =
            life is { AtPpro.Status: "ACTIVE", Plan.Frequency: not null }
            && agreement
                is { Ending: null, Stops.IsEmpty: true, Plan: { Cancel: null, MaxCharges: null, EndAt: null } };
        if (
            isToBeCharged
            && world.Ledger.Of(agreement.Id)?.Calendar?.Next is { } next
            && new DateTimeOffset(next.ToDateTime(default), Grid.Seoul) + Late + Late < world.Time.Now
        )
        {
            world.Violate($"{life.Plan.Key}: the period of {next:yyyyMMdd} has begun, and nobody has noticed");
        }
    }

    /// <summary>
    /// After calm days nothing that could be charged is still waiting to be. Where as many as were agreed are captured
    /// or open, a period waits for the next window after an open one has failed.
    /// </summary>
    private static void JudgeNext(World world, Agreement agreement, IReadOnlyList<Attempt> attempts)
    {
        var rules = BillingRules.Default;
        var hasJustFound =
            agreement.Plan.MaxCharges is not null
            && attempts.Any(it =>
                it is { Period: not null, History: [.., var last] } && last.At + Late > world.Time.Now
            );
        if (
            agreement.MayCharge
            && !hasJustFound
            && PeriodAgenda.Items(agreement, rules, world.Time.Now).Any(it => it.Step is not LookStep.EndDunning)
            && agreement.Plan.Schedule!.Period(agreement.Plan.NextPeriod).Start is var day
            && BillingCalendar.InstantAt(day, rules.WindowOpens) + Late < world.Time.Now
            && PeriodAgenda.NextDue(agreement, rules, world.Time.Now) is not null
        )
        {
            world.Violate($"period {day:yyyyMMdd} of {agreement.Id} is due and nobody charged it");
        }
    }
}
