using Billing;
using CsCheck;

namespace Unit.Tests.BillingTests;

public sealed class ScheduleLaws
{
    private static readonly DateOnly Century = new(2100, 1, 1);

    private static readonly Gen<FrequencyType> Types = Gen.OneOf(
        FrequencyType.Daily,
        FrequencyType.Weekly,
        FrequencyType.Monthly,
        FrequencyType.Yearly
    );

    private static readonly Gen<DateOnly> Days = Gen.Int[0, 12_000]
        .Select(days => new DateOnly(2020, 1, 1).AddDays(days));

    /// <summary>Ordinary days and, as often, the ends of months, where mistakes live.</summary>
    private static readonly Gen<DateOnly> Anchors = Gen.Select(Days, Gen.Bool)
        .Select(
            (day, isMonthEnd) =>
                isMonthEnd ? new DateOnly(day.Year, day.Month, DateTime.DaysInMonth(day.Year, day.Month)) : day
        );

    private static readonly Gen<BillingSchedule> Schedules = Gen.Select(Anchors, Types, Gen.Int[1, 1000])
        .Select((anchor, type, interval) => new BillingSchedule(anchor, new(type, interval)));

    [Fact]
    public void Every_frequency_and_every_interval_tiles_time()
    {
        var frequencies =
            from type in Enum.GetValues<FrequencyType>()
            from interval in Enumerable.Range(1, Frequency.MaxInterval)
            select new Frequency(type, interval);

        Assert.All(
            frequencies,
            frequency =>
            {
                var schedule = new BillingSchedule(new(2024, 2, 29), frequency);
                Assert.Equal(schedule.Anchor, schedule.Period(0).Start);
                Assert.All(
                    Enumerable.Range(0, 6),
                    number =>
                    {
                        Assert.Equal(schedule.Period(number).End, schedule.Period(number + 1).Start);
                        Assert.True(schedule.Period(number).Start < schedule.Period(number).End);
                    }
                );
            }
        );
    }

    [Fact]
    public void Periods_follow_each_other_without_gap_or_overlap() =>
        Gen.Select(Schedules, Gen.Int[0, 600])
            .Where((schedule, number) => IsInUse(schedule, number))
            .Sample(
                (schedule, number) =>
                    schedule.Period(number).End == schedule.Period(number + 1).Start
                    && schedule.Period(number).Start < schedule.Period(number).End
            );

    [Fact]
    public void The_number_of_a_day_is_the_inverse_of_the_period() =>
        Gen.Select(Schedules, Gen.Int[0, 60])
            .Sample(
                (schedule, number) =>
                {
                    var period = schedule.Period(number);
                    return period.Start > Century
                        || (
                            schedule.NumberOn(period.Start) == number
                            && schedule.NumberOn(period.End.AddDays(-1)) == number
                            && schedule.NumberOn(period.Start.AddDays(-1)) == number - 1
                        );
                }
            );

    [Fact]
    public void The_period_of_a_days_number_holds_that_day() =>
        Gen.Select(Schedules, Gen.Int[0, 30_000])
            .Sample(
                (schedule, days) =>
                {
                    var day = schedule.Anchor.AddDays(days);
                    var period = schedule.Period(schedule.NumberOn(day));
                    return period.Start <= day && day < period.End;
                }
            );

    [Fact]
    public void A_schedule_agrees_with_counting_day_by_day() =>
        Gen.Select(Anchors, Types, Gen.Int[1, 15])
            .Sample(
                (anchor, type, interval) =>
                {
                    var schedule = new BillingSchedule(anchor, new(type, interval));
                    var number = -1;
                    for (var day = anchor; day < anchor.AddDays(1_500); day = day.AddDays(1))
                    {
                        if (StartsPeriod(day, anchor, type, interval))
                        {
                            number++;
                            Assert.Equal(day, schedule.Period(number).Start);
                        }

                        Assert.Equal(number, schedule.NumberOn(day));
                    }
                }
            );

    [Fact]
    public void Nothing_is_numbered_before_the_anchor() =>
        Gen.Select(Schedules, Gen.Int[1, 5_000])
            .Sample((schedule, days) => schedule.NumberOn(schedule.Anchor.AddDays(-days)) == -1);

    [Fact]
    public void What_is_dropped_as_missed_is_what_the_agenda_would_skip() =>
        Gen.Select(Schedules, Gen.Int[0, 40], Gen.Int[0, 12], Gen.Int[0, 3_000])
            .Where((schedule, number, catchUp, _) => IsInUse(schedule, number + catchUp + 1))
            .Sample(
                (schedule, number, catchUp, days) =>
                {
                    var plan = new BillingPlan { Schedule = schedule, CatchUp = catchUp };
                    var day = schedule.Anchor.AddDays(days);
                    return (number <= plan.LastMissedOn(day, schedule))
                        == (day >= plan.MissedFrom(schedule.Period(number)));
                }
            );

    private static bool IsInUse(BillingSchedule schedule, int number) =>
        schedule.Period(number + 1).Start < DateOnly.MaxValue;

    /// <summary>Whether a period starts on this day, answered by looking at its calendar page only.</summary>
    private static bool StartsPeriod(DateOnly day, DateOnly anchor, FrequencyType type, int interval)
    {
        var months = ((day.Year - anchor.Year) * 12) + day.Month - anchor.Month;
        var isDayOfMonth = day.Day == Math.Min(anchor.Day, DateTime.DaysInMonth(day.Year, day.Month));
        return type switch
        {
            FrequencyType.Daily => (day.DayNumber - anchor.DayNumber) % interval is 0,
            FrequencyType.Weekly => (day.DayNumber - anchor.DayNumber) % (7 * interval) is 0,
            FrequencyType.Monthly => isDayOfMonth && months % interval is 0,
            _ => isDayOfMonth && months % (12 * interval) is 0,
        };
    }
}
