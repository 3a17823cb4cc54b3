using System.Collections.Immutable;

namespace Billing;

/// <summary>What is charged when. Without a schedule nothing is charged by itself.</summary>
public sealed record BillingPlan
{
    public BillingSchedule? Schedule { get; init; }

    /// <summary>What a period costs that begins from now on.</summary>
    public Money? Price { get; init; }

    /// <summary>
    /// What those cost that had begun when the price was changed, and were not charged yet; in the order of their days.
    /// </summary>
    public ImmutableArray<EarlierPrice> EarlierPrices { get; init; } = [];

    /// <summary>The first period that is neither begun nor skipped.</summary>
    public int NextPeriod { get; init; }

    /// <summary>
    /// The schedule before a change of frequency that has not taken effect yet; null for none. A change that is taken
    /// back restores it.
    /// </summary>
    public ReplacedSchedule? Replaced { get; init; }

    /// <summary>
    /// By which schedule periods have begun so far, and how many of it: while a change of frequency waits, the old one.
    /// </summary>
    internal (BillingSchedule? Schedule, int Next) Begun =>
        Replaced is { } before ? (before.Schedule, before.NextPeriod) : (Schedule, NextPeriod);

    /// <summary>From this instant on the first period may be charged.</summary>
    public DateTimeOffset StartsAt { get; init; }

    /// <summary>While set, periods are skipped when they become due, and dunning waits.</summary>
    public DateTimeOffset? PausedAt { get; init; }

    /// <summary>On its day the agreement is cancelled; no period starts then or later.</summary>
    public ScheduledCancel? Cancel { get; init; }

    /// <summary>A moment: no period begins then or later, and nothing is charged.</summary>
    public DateTimeOffset? EndAt { get; init; }

    public int? MaxCharges { get; init; }

    /// <summary>After downtime, how many of the periods before the current one are still charged.</summary>
    public int CatchUp { get; init; }

    /// <summary>The current period's plan of further attempts, after a soft decline.</summary>
    public Dunning? Dunning { get; init; }

    /// <summary>
    /// The day of the very first period's first attempt, once that has failed: its retries are counted from it.
    /// </summary>
    public DateOnly? FirstTriedOn { get; init; }

    /// <summary>True from a hard or last decline until a period is paid again.</summary>
    public bool IsPastDue { get; init; }

    /// <summary>The day on which the last paid period ends.</summary>
    public DateOnly? PaidThroughOn { get; init; }

    public int CapturedPeriods { get; init; }

    /// <summary>
    /// True for the agreement's very first period, which is due when the agreement is active and has started; every
    /// other one, also the first after a change of frequency, is due in the window of its first day.
    /// </summary>
    public bool IsFirst(BillingPeriod period) => period.Number is 0 && period.Start == BillingCalendar.DateAt(StartsAt);

    /// <summary>The price on the day on which it begins.</summary>
    public Money? PriceOf(BillingPeriod period) =>
        EarlierPrices.FirstOrDefault(it => period.Start <= it.Through)?.Price ?? Price;

    /// <summary>
    /// False for a period that would begin at the end or later, or when the agreement is cancelled. A period begins at
    /// the time of day at which the agreement started: so a term of twelve months has twelve periods, whatever the
    /// hour.
    /// </summary>
    public bool IsWithinTerm(BillingPeriod period) => LastStart is not { } last || period.Start <= last;

    /// <summary>
    /// False for a period that would begin at the plan's end or later, whether or not a cancel is scheduled:
    /// that ends no plan, and can be taken back.
    /// </summary>
    public bool BeginsBeforeEnd(BillingPeriod period) => LastStartBeforeEnd is not { } last || period.Start <= last;

    /// <summary>True at the end or later: nothing is charged any more.</summary>
    public bool HasEnded(DateTimeOffset now) => now >= EndAt;

    /// <summary>When this day begins, or the plan ends, if that is earlier.</summary>
    internal DateTimeOffset StartOrEnd(DateOnly day)
    {
        var start = BillingCalendar.StartOf(day);
        return EndAt < start ? EndAt.Value : start;
    }

    /// <summary>The last period that has begun on this day; none begins after the end.</summary>
    public int LastBegunOn(DateOnly day, BillingSchedule schedule) =>
        schedule.NumberOn(LastStart < day ? LastStart.Value : day);

    /// <summary>The last day on which a period may start.</summary>
    private DateOnly? LastStart =>
        (LastStartBeforeEnd, Cancel?.On.AddDays(-1)) switch
        {
            ({ } end, { } cancel) => end < cancel ? end : cancel,
            var (end, cancel) => end ?? cancel,
        };

    private DateOnly? LastStartBeforeEnd =>
        EndAt is not { } end ? null
        : BillingCalendar.DateAt(end) is var day && BeginningOn(day) < end ? day
        : day.AddDays(-1);

    private DateTimeOffset BeginningOn(DateOnly day) =>
        BillingCalendar.InstantAt(day, BillingCalendar.TimeAt(StartsAt));

    /// <summary>
    /// The last period that is missed if nobody has charged it: the current one can still be charged, and before it as
    /// many as are caught up.
    /// </summary>
    public int LastMissedOn(DateOnly day, BillingSchedule schedule) =>
        Math.Min(schedule.NumberOn(day) - 1 - CatchUp, LastBegunOn(day, schedule));

    /// <summary>
    /// The first day on which this period is a missed one; null without a schedule. Between one of an earlier frequency
    /// and the first of this one lie as many of that frequency as fit.
    /// </summary>
    public DateOnly? MissedFrom(BillingPeriod period)
    {
        if (Schedule is not { } schedule)
        {
            return null;
        }

        var number = schedule.NumberOn(period.Start);
        var days = period.End.DayNumber - period.Start.DayNumber;
        var between = number < 0 ? (schedule.Anchor.DayNumber - period.End.DayNumber + (days / 2)) / days : 0;
        return between > CatchUp
            ? period.End.AddDays(CatchUp * days)
            : schedule.Period(number + 1 + CatchUp - between).Start;
    }

    /// <summary>The plan when the periods before this one are taken: begun, or skipped.</summary>
    internal BillingPlan TakenBefore(int next) =>
        next == NextPeriod
            ? this
            : this with
            {
                NextPeriod = next,
                Replaced = null,
                EarlierPrices = EarlierPrices.IsEmpty ? [] : PricesFrom(Schedule!.Period(next)),
            };

    /// <summary>Another price for the periods that begin after today.</summary>
    internal BillingPlan WithPrice(Money price, DateOnly today)
    {
        if (price == Price)
        {
            return this;
        }

        var next = Schedule!.Period(NextPeriod);
        var kept = PricesFrom(next);
        var isWaiting = next.Start <= today && !IsPriced(kept, Schedule.Period(Schedule.NumberOn(today)));
        return this with { Price = price, EarlierPrices = isWaiting ? kept.Add(new(today, Price!)) : kept };
    }

    private static bool IsPriced(ImmutableArray<EarlierPrice> prices, BillingPeriod period) =>
        prices is [.., var last] && period.Start <= last.Through;

    private ImmutableArray<EarlierPrice> PricesFrom(BillingPeriod next) =>
        EarlierPrices.RemoveAll(it => it.Through < next.Start);

    /// <summary>Another frequency from the next period start on.</summary>
    internal BillingPlan WithFrequency(Frequency frequency)
    {
        var before = Replaced ?? new(Schedule!, NextPeriod);
        return frequency == Schedule!.Frequency ? this
            : frequency == before.Schedule.Frequency
                ? this with
                {
                    Schedule = before.Schedule,
                    NextPeriod = before.NextPeriod,
                    Replaced = null,
                }
            : this with
            {
                Schedule = new(before.Schedule.Period(before.NextPeriod).Start, frequency),
                NextPeriod = 0,
                Replaced = before,
            };
    }
}

/// <summary>What a period costs that begins on this day or earlier.</summary>
public sealed record EarlierPrice(DateOnly Through, Money Price);

/// <summary>A schedule, and the first of its periods that was neither begun nor skipped.</summary>
public sealed record ReplacedSchedule(BillingSchedule Schedule, int NextPeriod);

/// <summary>The next attempt of a period whose last attempt was declined softly, at the price it had.</summary>
public sealed record Dunning(BillingPeriod Period, int NextAttempt, DateTimeOffset RetryAt, Money Amount);
