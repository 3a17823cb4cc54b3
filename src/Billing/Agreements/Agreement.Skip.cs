namespace Billing;

public sealed partial record Agreement
{
    /// <summary>
    /// After downtime only the current period is charged; the older ones are recorded as one range with its reason.
    /// </summary>
    public Change Skip(int through, string reason, DateTimeOffset now)
    {
        if (Plan.Schedule is not { } schedule || through < Plan.NextPeriod)
        {
            return Change.None(this);
        }

        var (first, last) = (schedule.Period(Plan.NextPeriod), schedule.Period(through));
        var skipped = new Fact.PeriodsSkipped(first.Start, last.Start, through - Plan.NextPeriod + 1, reason, now);
        var plan = Plan.TakenBefore(through + 1) with
        {
            Dunning = null,
            IsPastDue = Plan.IsPastDue || Plan.Dunning is not null,
        };
        return Change.To(this with { Plan = plan }, skipped);
    }

    /// <summary>
    /// Retries of a period end with it, and with the term, whether or not another one follows: it stays uncollected.
    /// </summary>
    public Change EndDunning(DateTimeOffset now) =>
        Plan.Dunning is { } dunning && now >= PeriodAgenda.EndOfRetries(Plan, dunning)
            ? Change.To(this with { Plan = Plan with { Dunning = null, IsPastDue = true } })
            : Change.None(this);
}
