namespace Billing;

/// <summary>What certainly is not at PPRO: when it may leave, what holds it back, and when it is dropped.</summary>
public static class UnsentCharges
{
    /// <summary>
    /// A pause holds back what the schedule asks for; what the shop asked for by hand goes out all the same.
    /// </summary>
    public static bool IsHeldByPause(this Agreement agreement, Attempt attempt) =>
        agreement.Plan.PausedAt is not null && IsOfSchedule(attempt);

    /// <summary>
    /// Every send asks this, a resend too: its first sender may have died before anything left. The agreement must be
    /// known to be as it was and not be over; what the schedule asks for keeps its window, and waits out a pause.
    /// </summary>
    internal static bool MayLeave(this Agreement agreement, Attempt attempt, BillingRules rules, DateTimeOffset now) =>
        !agreement.Plan.HasEnded(now)
        && agreement.IsFresh(rules, now)
        && !agreement.IsHeldByPause(attempt)
        && (!agreement.KeepsWindow(attempt) || ChargingWindow.IsOpen(now, rules));

    /// <summary>The window is for what the schedule asks, but for the very first period.</summary>
    internal static bool KeepsWindow(this Agreement agreement, Attempt attempt) =>
        IsOfSchedule(attempt) && !(attempt.Number is 1 && agreement.Plan.IsFirst(attempt.Period!));

    private static bool IsOfSchedule(Attempt attempt) =>
        attempt is { Period: not null, IsByHand: false, IsInitial: false };

    /// <summary>False when an attempt that PPRO never had is to be dropped.</summary>
    public static bool WantsUnsent(this Agreement agreement, Attempt attempt, DateTimeOffset now) =>
        agreement.IsActive && !attempt.IsPeriodTaken && !(agreement.WantedUntil(attempt) <= now);

    /// <summary>
    /// When an attempt that PPRO never had, whatever holds it back, is dropped: its period is missed then, or the plan
    /// ends. Null for what no such moment is set to.
    /// </summary>
    public static DateTimeOffset? WantedUntil(this Agreement agreement, Attempt attempt) =>
        agreement.MissedOn(attempt) is { } day ? agreement.Plan.StartOrEnd(day) : agreement.Plan.EndAt;

    /// <summary>
    /// PPRO never had it, and it is no longer wanted: the agreement or its term is over, its period is paid, or has
    /// become a missed one, which is recorded like those that were never begun.
    /// </summary>
    public static Change Drop(this Agreement agreement, string key, DateTimeOffset now) =>
        agreement.FindOpen(key) is not { State: AttemptState.Unsent, Sends: 0 } attempt
        || agreement.WantsUnsent(attempt, now)
            ? Change.None(agreement)
        : attempt.IsPeriodTaken
            ? agreement.Move(
                attempt with
                {
                    State = AttemptState.NotExecuted,
                },
                now,
                "dropped unsent: its period is paid"
            )
        : agreement.IsActive && attempt.Period is { } period ? agreement.DropMissed(attempt, period, now)
        : agreement.Move(attempt with { State = AttemptState.NotExecuted }, now, "dropped unsent");

    /// <summary>
    /// The day on which its period is over, and beyond what is caught up. Null for what is of no period, and for what
    /// the shop asked for when that day had come: it is never missed.
    /// </summary>
    private static DateOnly? MissedOn(this Agreement agreement, Attempt attempt) =>
        attempt.Period is { } period
        && agreement.Plan.MissedFrom(period) is { } day
        && BillingCalendar.DateAt(attempt.CreatedAt) < day
            ? day
            : null;

    /// <summary>A period that was declined before, and is the latest, stays past due.</summary>
    private static Change DropMissed(
        this Agreement agreement,
        Attempt attempt,
        BillingPeriod period,
        DateTimeOffset now
    )
    {
        var isOwed = attempt.Number > 1 && !DunningPlan.HasNewerBegun(agreement.Plan, period, now);
        var plan = isOwed ? agreement.Plan with { IsPastDue = true } : agreement.Plan;
        return (agreement with { Plan = plan })
            .Move(attempt with { State = AttemptState.NotExecuted }, now, "dropped unsent: its period is over")
            .With(new Fact.PeriodsSkipped(period.Start, period.Start, 1, "missed", now));
    }
}
