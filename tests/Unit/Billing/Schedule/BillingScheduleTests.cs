using Billing;

namespace Unit.Tests.BillingTests;

public sealed class BillingScheduleTests
{
    [Theory]
    [InlineData("2026-01-15", 0, "2026-01-15")]
    [InlineData("2026-01-15", 1, "2026-02-15")]
    [InlineData("2026-01-31", 1, "2026-02-28")]
    [InlineData("2026-01-31", 2, "2026-03-31")] // back on the 31st: the anchor is not forgotten
    [InlineData("2026-01-31", 3, "2026-04-30")]
    [InlineData("2026-01-30", 1, "2026-02-28")]
    [InlineData("2026-01-30", 2, "2026-03-30")]
    [InlineData("2024-01-31", 1, "2024-02-29")]
    [InlineData("2024-02-29", 12, "2025-02-28")]
    [InlineData("2024-02-29", 48, "2028-02-29")]
    [InlineData("2026-12-31", 2, "2027-02-28")]
    public void A_month_is_counted_from_the_anchor(string anchor, int number, string start) =>
        Assert.Equal(A.Day(start), A.Monthly(anchor).Period(number).Start);

    [Theory]
    [InlineData("2024-02-29", 1, 1, "2025-02-28")]
    [InlineData("2024-02-29", 1, 4, "2028-02-29")]
    [InlineData("2024-02-29", 4, 1, "2028-02-29")]
    [InlineData("2096-02-29", 4, 1, "2100-02-28")] // 2100 is no leap year
    [InlineData("2096-02-29", 4, 2, "2104-02-29")]
    [InlineData("2026-07-01", 3, 2, "2032-07-01")]
    public void A_leap_day_comes_back_when_its_year_does(string anchor, int interval, int number, string start) =>
        Assert.Equal(A.Day(start), A.Every(FrequencyType.Yearly, interval, anchor).Period(number).Start);

    [Theory]
    [InlineData(FrequencyType.Daily, 1, "2026-01-16")]
    [InlineData(FrequencyType.Daily, 10, "2026-01-25")]
    [InlineData(FrequencyType.Weekly, 1, "2026-01-22")]
    [InlineData(FrequencyType.Weekly, 2, "2026-01-29")]
    [InlineData(FrequencyType.Monthly, 3, "2026-04-15")]
    [InlineData(FrequencyType.Monthly, 1000, "2109-05-15")]
    [InlineData(FrequencyType.Yearly, 1, "2027-01-15")]
    [InlineData(FrequencyType.Yearly, 1000, "3026-01-15")]
    public void The_second_period_starts_one_interval_later(FrequencyType type, int interval, string start) =>
        Assert.Equal(A.Day(start), A.Every(type, interval).Period(1).Start);

    [Theory]
    [InlineData("2026-01-14", -1)]
    [InlineData("2026-01-15", 0)]
    [InlineData("2026-02-14", 0)]
    [InlineData("2026-02-15", 1)]
    [InlineData("2027-01-14", 11)]
    [InlineData("2027-01-15", 12)]
    public void A_day_belongs_to_the_period_that_holds_it(string day, int number) =>
        Assert.Equal(number, A.Monthly().NumberOn(A.Day(day)));

    [Theory]
    [InlineData("2026-02-27", 0)]
    [InlineData("2026-02-28", 1)]
    [InlineData("2026-03-30", 1)]
    [InlineData("2026-03-31", 2)]
    public void A_day_at_a_month_end_belongs_to_the_period_that_holds_it(string day, int number) =>
        Assert.Equal(number, A.Monthly("2026-01-31").NumberOn(A.Day(day)));

    [Fact]
    public void A_period_before_the_first_does_not_exist() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => A.Monthly().Period(-1));

    [Fact]
    public void A_period_is_named_by_its_start_date() => Assert.Equal("20260215", A.Period(1).Name);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1001)]
    public void An_interval_outside_1_to_1000_is_refused(int interval) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Frequency(FrequencyType.Monthly, interval));

    [Theory]
    [InlineData(FrequencyType.Daily)]
    [InlineData(FrequencyType.Weekly)]
    [InlineData(FrequencyType.Monthly)]
    [InlineData(FrequencyType.Yearly)]
    public void Beyond_the_calendar_there_is_no_period(FrequencyType type) =>
        Assert.Equal(DateOnly.MaxValue, A.Every(type, 1000).Period(1_000_000).Start);
}
