namespace Billing;

/// <summary>
/// What follows an attempt that did not capture. A soft decline is tried again on the set days after the period's due
/// day, as long as the period is current and days are left; otherwise the agreement is past due until a period is paid.
/// One that leaves late takes the place of that day. What the shop tries by hand in between uses up none of the days.
/// </summary>
public static class DunningPlan
{
    public static BillingPlan After(Agreement agreement, Attempt attempt, BillingRules rules, DateTimeOffset now)
    {
        var plan = agreement.Plan;
        if (IsBesideThePlan(plan, attempt, now) || attempt.Period is not { } period)
        {
            return plan;
        }

        var tried = plan.IsFirst(period) ? plan with { FirstTriedOn = plan.FirstTriedOn ?? TriedOn(attempt) } : plan;
        var next = IsSoft(attempt) ? NextTry(agreement.Id, tried, attempt, rules, now) : null;
        return tried.TriedAgain(attempt, period, next);
    }

    /// <summary>
    /// PPRO refused the request itself, and a person has to correct something. Once someone has, a period that is due
    /// is tried again at once, if it is still current; what the shop tried by hand leaves the set days as they are.
    /// </summary>
    internal static BillingPlan AfterRefusal(
        Agreement agreement,
        Attempt attempt,
        BillingRules rules,
        DateTimeOffset now
    )
    {
        var plan = agreement.Plan;
        if (IsBesideThePlan(plan, attempt, now) || attempt.Period is not { } period)
        {
            return plan;
        }

        var next = attempt.IsByHand ? NextTry(agreement.Id, plan, attempt, rules, now) : now;
        return plan.TriedAgain(attempt, period, attempt.Number < BillingRules.MaxAttempts ? next : null);
    }

    /// <summary>At that moment, for what the schedule asks; null for no more: then the agreement is past due.</summary>
    private static BillingPlan TriedAgain(
        this BillingPlan plan,
        Attempt attempt,
        BillingPeriod period,
        DateTimeOffset? next
    ) =>
        next is { } retryAt
            ? plan with
            {
                Dunning = new(period, attempt.Number + 1, retryAt, attempt.AmountOfPeriod ?? attempt.Amount),
            }
            : plan with
            {
                Dunning = null,
                IsPastDue = true,
            };

    /// <summary>A single charge, one of an older period, or of one that is paid by another attempt.</summary>
    private static bool IsBesideThePlan(BillingPlan plan, Attempt attempt, DateTimeOffset now) =>
        plan.Schedule is null
        || attempt.IsPeriodTaken
        || attempt.Period is not { } period
        || HasNewerBegun(plan, period, now);

    /// <summary>
    /// Retries of a period stop when the next one begins: the old one stays uncollected. One that was skipped ahead of
    /// its time has not begun.
    /// </summary>
    internal static bool HasNewerBegun(BillingPlan plan, BillingPeriod period, DateTimeOffset now) =>
        plan.Begun is ({ } schedule, > 0 and var next)
        && Math.Min(next - 1, schedule.NumberOn(BillingCalendar.DateAt(now))) is >= 0 and var latest
        && schedule.Period(latest).Start > period.Start;

    /// <summary>Retries of a period end with it, and with the term.</summary>
    internal static DateTimeOffset EndOfRetries(BillingPlan plan, Dunning dunning) =>
        plan.StartOrEnd(dunning.Period.End);

    /// <summary>
    /// A refusal because the agreement is not active yet may be a moment too early: the agreement is read first, and
    /// the period is tried again while that says that it is.
    /// </summary>
    private static bool IsSoft(Attempt attempt) =>
        attempt.State is AttemptState.NeverHappened
        || FailureTable.KindOf(attempt.Failure) is DeclineKind.Soft or DeclineKind.TooEarly;

    private static DateTimeOffset? NextTry(
        AgreementId agreement,
        BillingPlan plan,
        Attempt attempt,
        BillingRules rules,
        DateTimeOffset now
    )
    {
        if (attempt.Number >= BillingRules.MaxAttempts)
        {
            return null;
        }

        var (period, dueOn) = (attempt.Period!, DueOn(plan, attempt.Period!));
        var from = attempt.IsByHand ? dueOn : TriedOn(attempt).AddDays(1);
        foreach (var day in rules.DunningDays.Select(it => dueOn.AddDays(it)).Where(it => it >= from))
        {
            var retryAt = ChargingWindow.OpeningOn(day, agreement, rules);
            if (day < period.End && retryAt > now && !plan.HasEnded(retryAt))
            {
                return retryAt;
            }
        }

        return null;
    }

    /// <summary>
    /// The first period is due when it is first tried, which may be days after the anchor; later ones at their start.
    /// </summary>
    private static DateOnly DueOn(BillingPlan plan, BillingPeriod period) =>
        plan.IsFirst(period) && plan.FirstTriedOn > period.Start ? plan.FirstTriedOn.Value : period.Start;

    private static DateOnly TriedOn(Attempt attempt) =>
        BillingCalendar.DateAt(attempt.FirstSentAt ?? attempt.CreatedAt);
}
