namespace Billing;

/// <summary>Which period is due when, and which have passed without a charge.</summary>
public static class PeriodAgenda
{
    public static IEnumerable<AgendaItem> Items(Agreement agreement, BillingRules rules, DateTimeOffset now)
    {
        var plan = agreement.Plan;
        if (plan.Dunning is { } planned)
        {
            yield return new(BillingCalendar.StartOf(planned.Period.End), new LookStep.EndDunning());
        }

        if (plan is not { Schedule: { } schedule, Price: { } price } || IsFull(agreement))
        {
            yield break;
        }

        var today = BillingCalendar.DateAt(now);
        var missed = plan.LastMissedOn(today, schedule);
        if (plan.NextPeriod <= missed)
        {
            yield return new(now, new LookStep.Skip(missed, "missed"));
            yield break;
        }

        if (
            plan.PausedAt is null
            && plan.Dunning is { } dunning
            && today >= dunning.Period.Start
            && today < dunning.Period.End
        )
        {
            var at = ChargingWindow.NextOpen(Later(dunning.RetryAt, now), agreement.Id, rules);
            yield return new(
                dunning.RetryAt > now ? dunning.RetryAt : at,
                new LookStep.Charge(new(dunning.Period, dunning.NextAttempt, dunning.Amount))
            );
        }

        if (NextDue(agreement, rules, now) is { } next)
        {
            yield return plan.PausedAt is null
                ? new(next.At, new LookStep.Charge(new(next.Period, 1, price)))
                : new(next.At, new LookStep.Skip(plan.NextPeriod, "paused"));
        }
    }

    /// <summary>
    /// The next period to be charged for the first time, and when; null when the plan has come to its end.
    /// </summary>
    public static (BillingPeriod Period, DateTimeOffset At)? NextDue(
        Agreement agreement,
        BillingRules rules,
        DateTimeOffset now
    )
    {
        var plan = agreement.Plan;
        if (
            plan.Schedule is not { } schedule
            || schedule.Period(plan.NextPeriod) is not { } period
            || period.Start == DateOnly.MaxValue
            || !plan.IsWithinTerm(period)
        )
        {
            return null;
        }

        if (plan.IsFirst(period))
        {
            return (period, Later(plan.StartsAt, agreement.Provider.ActivatedAt ?? plan.StartsAt));
        }

        var dueAt = ChargingWindow.OpeningOn(period.Start, agreement.Id, rules);
        return (period, dueAt > now ? dueAt : ChargingWindow.NextOpen(now, agreement.Id, rules));
    }

    /// <summary>Attempts that PPRO may still capture count: a period waits rather than exceed the maximum.</summary>
    internal static bool IsFull(Agreement agreement) =>
        agreement.Plan.MaxCharges is { } max
        && agreement.Plan.CapturedPeriods + agreement.Open.Count(it => it.Period is not null) >= max;

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
