namespace Billing;

/// <summary>What the shop does with one period by hand: one more attempt, or none at all.</summary>
public static class PeriodsByHand
{
    /// <summary>
    /// The period that starts on this day, as its attempts have it, or the schedule; null when none does, or when it
    /// would start after the end.
    /// </summary>
    public static BillingPeriod? FindPeriod(this Agreement agreement, DateOnly start, IReadOnlyList<Attempt> earlier)
    {
        if (earlier is [.., { Period: { } known }])
        {
            return known;
        }

        var number = agreement.Plan.Schedule?.NumberOn(start) ?? -1;
        return
            number >= 0
            && agreement.Plan.Schedule!.Period(number) is var period
            && period.Start == start
            && agreement.Plan.IsWithinTerm(period)
            ? period
            : null;
    }

    /// <summary>Null when one more attempt may be begun for this period now.</summary>
    /// <param name="period">The period; null for none.</param>
    /// <param name="earlier">All attempts for it so far, in order.</param>
    /// <param name="now">The time.</param>
    public static PeriodHindrance? WhyNoAttempt(
        this Agreement agreement,
        BillingPeriod? period,
        IReadOnlyList<Attempt> earlier,
        DateTimeOffset now
    ) =>
        agreement switch
        {
            { WhyNotCharged: { } why } => Of(why),
            _ when agreement.Plan.HasEnded(now) => PeriodHindrance.TermOver,
            _ when period is null => PeriodHindrance.NoSuchPeriod,
            _ when agreement.Terms.StartDate > now
                    || period.Start > BillingCalendar.DateAt(now)
                    || agreement.IsLater(period) => PeriodHindrance.NotBegun,
            _ when WhyUntouchable(earlier) is { } why => why,
            _ when earlier.Count >= BillingRules.MaxAttempts
                    || PlanEnd.IsFull(agreement)
                    || agreement.Open.Length >= Agreement.MaxOpen => PeriodHindrance.TooMany,
            _ => null,
        };

    private static PeriodHindrance Of(ChargeHindrance why) =>
        why switch
        {
            ChargeHindrance.Ended => PeriodHindrance.Ended,
            ChargeHindrance.NotYetActive => PeriodHindrance.NotYetActive,
            _ => PeriodHindrance.Exception,
        };

    /// <summary>
    /// The next attempt of a period at the shop's wish; under all the rules of a scheduled one. For a period that was
    /// let go the schedule asks nothing: what the shop asks for is what is tried again.
    /// </summary>
    public static DuePeriod NextAttempt(
        this Agreement agreement,
        BillingPeriod period,
        IReadOnlyList<Attempt> earlier,
        Money amount
    ) =>
        new(period, earlier.Count is 0 ? 1 : earlier[^1].Number + 1, amount)
        {
            IsByHand = true,
            AmountOfPeriod =
                earlier is [var first, ..] ? first.AmountOfPeriod ?? first.Amount
                : agreement.IsNext(period) ? agreement.Plan.PriceOf(period)
                : null,
        };

    /// <summary>Null when this period may be left uncharged, for a reason of the shop's.</summary>
    public static PeriodHindrance? WhyNoSkip(
        this Agreement agreement,
        BillingPeriod? period,
        IReadOnlyList<Attempt> earlier,
        DateTimeOffset now
    ) =>
        agreement switch
        {
            { IsEnded: true } => PeriodHindrance.Ended,
            _ when period is null => PeriodHindrance.NoSuchPeriod,
            _ when agreement.IsLater(period) => PeriodHindrance.NotBegun,
            _ when WhyUntouchable(earlier) is { } why => why,
            _ when !agreement.IsNext(period) && !agreement.IsOwed(period, now) => PeriodHindrance.Settled,
            _ => null,
        };

    /// <summary>The next period is not charged; or a begun one is tried no more and is owed no more.</summary>
    public static Change SkipByHand(
        this Agreement agreement,
        BillingPeriod period,
        IReadOnlyList<Attempt> earlier,
        string reason,
        DateTimeOffset now
    )
    {
        if (agreement.WhyNoSkip(period, earlier, now) is not null)
        {
            return Change.None(agreement);
        }

        var plan = agreement.IsNext(period)
            ? agreement.Plan.TakenBefore(agreement.Plan.NextPeriod + 1)
            : agreement.Plan with
            {
                Dunning = null,
                IsPastDue = false,
            };
        return Change.To(
            agreement with
            {
                Plan = plan,
            },
            new Fact.PeriodsSkipped(period.Start, period.Start, 1, reason, now)
        );
    }

    private static bool IsNext(this Agreement agreement, BillingPeriod period) =>
        agreement.Plan.Schedule?.Period(agreement.Plan.NextPeriod) == period;

    private static bool IsLater(this Agreement agreement, BillingPeriod period) =>
        agreement.Plan.Schedule is { } schedule && period.Start > schedule.Period(agreement.Plan.NextPeriod).Start;

    /// <summary>It is in dunning, or it is the last one begun and nothing is planned for it any more.</summary>
    private static bool IsOwed(this Agreement agreement, BillingPeriod period, DateTimeOffset now) =>
        agreement.Plan.Dunning is { } dunning
            ? dunning.Period.Start == period.Start
            : agreement.Plan.IsPastDue && !DunningPlan.HasNewerBegun(agreement.Plan, period, now);

    private static PeriodHindrance? WhyUntouchable(IReadOnlyList<Attempt> earlier) =>
        earlier.Any(it => it.State is AttemptState.Captured) ? PeriodHindrance.Paid
        : earlier.Any(it => it.IsOpen) ? PeriodHindrance.Open
        : null;
}

/// <summary>Why a period is left as it is.</summary>
public enum PeriodHindrance
{
    /// <summary>The consumer has not approved it.</summary>
    NotYetActive,

    /// <summary>It has ended, or its end has been asked for.</summary>
    Ended,
    Exception,

    /// <summary>The agreement's <c>endDate</c> has come.</summary>
    TermOver,
    NoSuchPeriod,

    /// <summary>It is charged by itself when it is due.</summary>
    NotBegun,

    Paid,

    /// <summary>PPRO may still capture an earlier attempt.</summary>
    Open,

    /// <summary>Too many attempts for it, or too many charges of the agreement.</summary>
    TooMany,

    /// <summary>Nothing is owed for it.</summary>
    Settled,
}
