namespace Billing;

/// <summary>
/// What follows an attempt that did not capture. A soft decline is tried again on the set days after the period's due
/// day, as long as the period is current and days are left; otherwise the agreement is past due until a period is paid.
/// </summary>
public static class DunningPlan
{
    public static BillingPlan After(Agreement agreement, Attempt attempt, BillingRules rules, DateTimeOffset now)
    {
        var plan = agreement.Plan;
        if (attempt.Period is not { } period || plan.Schedule is null || HasNewerBegun(plan, period, now))
        {
            return plan;
        }

        var isSoft =
            attempt.State is AttemptState.NeverHappened || FailureTable.KindOf(attempt.Failure) is DeclineKind.Soft;
        return isSoft && NextTry(agreement, attempt, period, rules, now) is { } retryAt
            ? plan with
            {
                Dunning = new(period, attempt.Number + 1, retryAt, attempt.Amount),
            }
            : plan with
            {
                Dunning = null,
                IsPastDue = true,
            };
    }

    /// <summary>
    /// Retries of a period stop when the next one begins: the old one stays uncollected. One that was skipped ahead of
    /// its time has not begun.
    /// </summary>
    internal static bool HasNewerBegun(BillingPlan plan, BillingPeriod period, DateTimeOffset now) =>
        plan is { Schedule: { } schedule, NextPeriod: > 0 }
        && Math.Min(plan.NextPeriod - 1, schedule.NumberOn(BillingCalendar.DateAt(now))) is >= 0 and var latest
        && schedule.Period(latest).Start > period.Start;

    private static DateTimeOffset? NextTry(
        Agreement agreement,
        Attempt attempt,
        BillingPeriod period,
        BillingRules rules,
        DateTimeOffset now
    )
    {
        if (attempt.Number > rules.DunningDays.Length)
        {
            return null;
        }

        var dueOn = DueOn(agreement.Plan, attempt, period);
        foreach (var days in rules.DunningDays)
        {
            var day = dueOn.AddDays(days);
            var retryAt = ChargingWindow.OpeningOn(day, agreement.Id, rules);
            if (day < period.End && retryAt > now)
            {
                return retryAt;
            }
        }

        return null;
    }

    /// <summary>
    /// The first period is due when it is tried, which may be days after the anchor; later ones at their start.
    /// </summary>
    private static DateOnly DueOn(BillingPlan plan, Attempt attempt, BillingPeriod period)
    {
        var tried = BillingCalendar.DateAt(attempt.CreatedAt);
        return plan.IsFirst(period) && tried > period.Start ? tried : period.Start;
    }
}
