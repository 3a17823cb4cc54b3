namespace Billing;

/// <summary>Which period is due when, and which have passed without a charge.</summary>
public static class PeriodAgenda
{
    public static IEnumerable<AgendaItem> Items(Agreement agreement, BillingRules rules, DateTimeOffset now)
    {
        var plan = agreement.Plan;
        if (plan.Dunning is { } planned)
        {
            yield return new(DunningPlan.EndOfRetries(plan, planned), new LookStep.EndDunning());
        }

        if (plan is not { Schedule: { } schedule } || PlanEnd.IsFull(agreement))
        {
            yield break;
        }

        var today = BillingCalendar.DateAt(now);
        var (through, reason) = plan.HasEnded(now)
            ? (plan.LastBegunOn(today, schedule), "ended")
            : (plan.LastMissedOn(today, schedule), "missed");
        if (plan.NextPeriod <= through)
        {
            yield return new(now, new LookStep.Skip(through, reason));
            yield break;
        }

        if (plan is { PausedAt: null, Dunning: { } dunning } && today >= dunning.Period.Start)
        {
            var at = ChargingWindow.NextOpen(Later(dunning.RetryAt, now), agreement.Id, rules);
            if (at < DunningPlan.EndOfRetries(plan, dunning))
            {
                yield return new(
                    dunning.RetryAt > now ? dunning.RetryAt : at,
                    new LookStep.Charge(new(dunning.Period, dunning.NextAttempt, dunning.Amount))
                );
            }
        }

        if (NextDue(agreement, rules, now) is { } next)
        {
            yield return plan.PausedAt is null
                ? new(next.At, new LookStep.Charge(new(next.Period, 1, plan.PriceOf(next.Period)!)))
                : new(next.At, new LookStep.Skip(plan.NextPeriod, "paused"));
        }

        if (schedule.Period(plan.NextPeriod) is var uncharged && plan.IsWithinTerm(uncharged))
        {
            yield return new(PassesAt(plan, uncharged), new LookStep.Skip(plan.NextPeriod, "missed"));
        }
    }

    /// <summary>One that something keeps from being charged is looked at when it is missed, or the plan ends.</summary>
    private static DateTimeOffset PassesAt(BillingPlan plan, BillingPeriod period) =>
        plan.StartOrEnd(plan.MissedFrom(period)!.Value);

    /// <summary>
    /// The next period to be charged for the first time, and when; null when the plan has come to its end: a period
    /// that would begin, or be due, at the end or later is none.
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

        var dueAt = DueAt(agreement, period, rules, now);
        return plan.HasEnded(dueAt) ? null : (period, dueAt);
    }

    private static DateTimeOffset DueAt(
        Agreement agreement,
        BillingPeriod period,
        BillingRules rules,
        DateTimeOffset now
    )
    {
        if (agreement.Plan.IsFirst(period))
        {
            return Later(agreement.Plan.StartsAt, agreement.Provider.ActivatedAt ?? agreement.Plan.StartsAt);
        }

        var opening = ChargingWindow.OpeningOn(period.Start, agreement.Id, rules);
        return opening > now ? opening : ChargingWindow.NextOpen(now, agreement.Id, rules);
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
