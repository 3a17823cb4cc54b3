namespace Billing;

/// <summary>Periods that pass without a charge: missed, paused, given up.</summary>
public static class PeriodsPassing
{
    /// <summary>
    /// After downtime only the current period is charged; the older ones are recorded as one range with its reason.
    /// </summary>
    public static Change Skip(this Agreement agreement, int through, string reason, DateTimeOffset now)
    {
        if (agreement.Plan.Schedule is not { } schedule || through < agreement.Plan.NextPeriod)
        {
            return Change.None(agreement);
        }

        var (first, last) = (schedule.Period(agreement.Plan.NextPeriod), schedule.Period(through));
        var skipped = new Fact.PeriodsSkipped(
            first.Start,
            last.Start,
            through - agreement.Plan.NextPeriod + 1,
            reason,
            now
        );
        var plan = agreement.Plan.TakenBefore(through + 1) with
        {
            Dunning = null,
            IsPastDue = agreement.Plan.IsPastDue || agreement.Plan.Dunning is not null,
        };
        return Change.To(agreement with { Plan = plan }, skipped);
    }

    /// <summary>
    /// Retries of a period end with it, and with the term, whether or not another one follows: it stays uncollected.
    /// </summary>
    public static Change EndDunning(this Agreement agreement, DateTimeOffset now) =>
        agreement.Plan.Dunning is { } dunning && now >= DunningPlan.EndOfRetries(agreement.Plan, dunning)
            ? Change.To(agreement with { Plan = agreement.Plan with { Dunning = null, IsPastDue = true } })
            : Change.None(agreement);

    /// <summary>
    /// Stops the schedule: a period that becomes due is skipped, and dunning waits. Single charges stay allowed.
    /// </summary>
    public static Change Pause(this Agreement agreement, DateTimeOffset now) =>
        agreement.IsEnded || agreement.Plan.Schedule is null || agreement.Plan.PausedAt is not null
            ? Change.None(agreement)
            : Change.To(agreement with { Plan = agreement.Plan with { PausedAt = now } });

    /// <summary>
    /// The schedule goes on with its next period start; what became due meanwhile is skipped. The anchor stays.
    /// </summary>
    public static Change Resume(this Agreement agreement, BillingRules rules, DateTimeOffset now)
    {
        if (agreement.IsEnded || agreement.Plan.PausedAt is null)
        {
            return Change.None(agreement);
        }

        var isDue =
            agreement.Plan.Schedule?.Period(agreement.Plan.NextPeriod) is { } next
            && agreement.Plan.IsWithinTerm(next)
            && agreement.HasBecomeDue(next, rules, now);
        var due = isDue ? agreement.Plan.LastBegunOn(BillingCalendar.DateAt(now), agreement.Plan.Schedule!) : -1;
        return agreement
            .Skip(due, "paused", now)
            .Then(it => Change.To(it with { Plan = it.Plan with { PausedAt = null } }));
    }

    private static bool HasBecomeDue(
        this Agreement agreement,
        BillingPeriod period,
        BillingRules rules,
        DateTimeOffset now
    ) =>
        agreement.Plan.IsFirst(period)
            ? agreement.Provider.ActivatedAt is not null && agreement.Plan.StartsAt <= now
            : ChargingWindow.OpeningOn(period.Start, agreement.Id, rules) <= now;
}
