namespace Billing;

/// <summary>When a plan has no period left, and when its agreement is completed.</summary>
public static class PlanEnd
{
    /// <summary>
    /// No period will be begun any more and none is undecided: the term is over, or as many were captured as agreed.
    /// </summary>
    public static bool IsReached(Agreement agreement) =>
        agreement.Plan is { Schedule: { } schedule, Dunning: null } plan
        && !agreement.Open.Any(it => it.Period is not null)
        && (plan.CapturedPeriods >= plan.MaxCharges || !plan.BeginsBeforeEnd(schedule.Period(plan.NextPeriod)));

    /// <summary>Attempts that PPRO may still capture count: a period waits rather than exceed the maximum.</summary>
    internal static bool IsFull(Agreement agreement) => CapturedOrOpen(agreement) >= agreement.Plan.MaxCharges;

    /// <summary>How many periods are captured, or may still be.</summary>
    public static int CapturedOrOpen(Agreement agreement) =>
        agreement.Plan.CapturedPeriods + agreement.Open.Count(it => it.Period is not null);

    /// <summary>
    /// When it is revoked at PPRO: as soon as what was paid for is over, and where something is owed, not before it can
    /// no longer be collected. Null while periods are left, and when the operator keeps such agreements.
    /// </summary>
    public static DateTimeOffset? CompletesAt(Agreement agreement, BillingRules rules) =>
        rules.AfterLastPeriod is AfterLastPeriod.Keep ? null
        : agreement.Plan is { Schedule: null, EndAt: { } end } ? end
        : IsReached(agreement) ? EndOfService(agreement)
        : null;

    private static DateTimeOffset EndOfService(Agreement agreement)
    {
        var plan = agreement.Plan;
        var paidUntil = plan.PaidThroughOn is { } day ? BillingCalendar.StartOf(day) : agreement.CreatedAt;
        if (!plan.IsPastDue)
        {
            return paidUntil;
        }

        var lastChance = plan.StartOrEnd(plan.Schedule!.Period(plan.NextPeriod).Start);
        return lastChance > paidUntil ? lastChance : paidUntil;
    }
}
