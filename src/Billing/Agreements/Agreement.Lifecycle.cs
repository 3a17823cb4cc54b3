namespace Billing;

public sealed partial record Agreement
{
    /// <summary>
    /// True when nothing can be asked of it any more: PPRO has ended it, or we have asked for its end.
    /// </summary>
    public bool IsEnded => Ending is not null || Status?.IsFinal() is true;

    /// <summary>
    /// From here on no charge is begun. PPRO's status stays PPRO's word: until it says that the agreement has ended,
    /// the wish is repeated. A charge in flight is not called back; it is reported.
    /// </summary>
    public Change Cancel(Ending ending, DateTimeOffset now) =>
        IsEnded ? Change.None(this) : Change.To(this with { Ending = ending with { At = now } });

    /// <summary>
    /// Cancels when the service that was begun has ended: at the start of the first period that is neither begun nor
    /// skipped. Without a schedule there is no such day, and it is cancelled now.
    /// </summary>
    public Change CancelAtPeriodEnd(Ending ending, DateTimeOffset now)
    {
        if (IsEnded || Plan.CancelOn is not null)
        {
            return Change.None(this);
        }

        var end = Plan.Schedule?.Period(Plan.NextPeriod).Start;
        return end is { } day && day > BillingCalendar.DateAt(now)
            ? Change.To(this with { Plan = Plan with { CancelOn = day } })
            : Cancel(ending, now);
    }

    /// <summary>
    /// Stops the schedule: a period that becomes due is skipped, and dunning waits. Single charges stay allowed.
    /// </summary>
    public Change Pause(DateTimeOffset now) =>
        IsEnded || Plan.Schedule is null || Plan.PausedAt is not null
            ? Change.None(this)
            : Change.To(this with { Plan = Plan with { PausedAt = now } });

    /// <summary>
    /// The schedule goes on with its next period start; what became due meanwhile is skipped. The anchor stays.
    /// </summary>
    public Change Resume(BillingRules rules, DateTimeOffset now)
    {
        if (IsEnded || Plan.PausedAt is null)
        {
            return Change.None(this);
        }

        var isDue = PeriodAgenda.NextDue(this, rules, now) is { } next && HasBecomeDue(next.Period, rules, now);
        var due = isDue ? Plan.LastBegunOn(BillingCalendar.DateAt(now), Plan.Schedule!) : -1;
        var skipped = due >= Plan.NextPeriod ? Skip(due, "paused", now) : Change.To(this);
        return skipped.Then(it => Change.To(it with { Plan = it.Plan with { PausedAt = null } }));
    }

    /// <summary>
    /// A new price or frequency from the next period start on. A new frequency counts from that day, which becomes its
    /// anchor. What was intended before stays as it was intended.
    /// </summary>
    public Change ChangeSchedule(Money? price, Frequency? frequency)
    {
        if (IsEnded || Plan.Schedule is not { } schedule || (price ?? Plan.Price) is not { } next)
        {
            return Change.None(this);
        }

        var isNewFrequency = frequency is not null && frequency != schedule.Frequency;
        if (!isNewFrequency && next == Plan.Price)
        {
            return Change.None(this);
        }

        var plan = isNewFrequency
            ? Plan with
            {
                Schedule = new(schedule.Period(Plan.NextPeriod).Start, frequency!),
                NextPeriod = 0,
            }
            : Plan;
        return Change.To(this with { Plan = plan with { Price = next } });
    }

    private bool HasBecomeDue(BillingPeriod period, BillingRules rules, DateTimeOffset now) =>
        Plan.IsFirst(period)
            ? Provider.ActivatedAt is not null && Plan.StartsAt <= now
            : ChargingWindow.OpeningOn(period.Start, Id, rules) <= now;

    /// <summary>A person has looked at what stopped the charging: it goes on, if that is all there is.</summary>
    public Change AcceptException(string seen) =>
        Exception == seen ? Change.To(this with { Exception = null }) : Change.None(this);
}
