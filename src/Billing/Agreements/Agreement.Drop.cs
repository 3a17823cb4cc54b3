namespace Billing;

public sealed partial record Agreement
{
    /// <summary>False when an attempt that PPRO never had is to be dropped.</summary>
    public bool WantsUnsent(Attempt attempt, DateTimeOffset now) =>
        IsActive && !Plan.HasEnded(now) && !HasMissed(attempt, now);

    /// <summary>
    /// A pause holds back what PPRO never had, until its period is missed, which is the time returned. Null when
    /// nothing holds it back: no pause, or the shop asked for it by hand.
    /// </summary>
    public DateTimeOffset? WaitsOutPauseUntil(Attempt attempt) =>
        IsHeldByPause(attempt) && MissedOn(attempt) is { } day ? BillingCalendar.StartOf(day) : null;

    /// <summary>
    /// PPRO never had it, and it is no longer wanted: the agreement or its term is over, or the period has become a
    /// missed one, which is recorded like those that were never begun.
    /// </summary>
    public Change Drop(string key, DateTimeOffset now) =>
        FindOpen(key) is not { State: AttemptState.Unsent, Sends: 0 } attempt || WantsUnsent(attempt, now)
            ? Change.None(this)
        : IsActive && attempt.Period is { } period ? DropMissed(attempt, period, now)
        : Move(attempt with { State = AttemptState.NotExecuted }, now, "dropped unsent");

    private bool HasMissed(Attempt attempt, DateTimeOffset now) =>
        MissedOn(attempt) is { } day && BillingCalendar.DateAt(now) >= day;

    /// <summary>
    /// The day on which its period is over, and beyond what is caught up. Null for what is of no period, and for what
    /// the shop asked for when that day had come: it is never missed.
    /// </summary>
    private DateOnly? MissedOn(Attempt attempt) =>
        attempt.Period is { } period
        && Plan.MissedFrom(period) is { } day
        && BillingCalendar.DateAt(attempt.CreatedAt) < day
            ? day
            : null;

    /// <summary>A period that was declined before, and is the latest, stays past due.</summary>
    private Change DropMissed(Attempt attempt, BillingPeriod period, DateTimeOffset now)
    {
        var isOwed = attempt.Number > 1 && !DunningPlan.HasNewerBegun(Plan, period, now);
        var plan = isOwed ? Plan with { IsPastDue = true } : Plan;
        return (this with { Plan = plan })
            .Move(attempt with { State = AttemptState.NotExecuted }, now, "dropped unsent: its period is over")
            .With(new Fact.PeriodsSkipped(period.Start, period.Start, 1, "missed", now));
    }
}
