using Billing;

namespace Unit.Tests.BillingTests;

/// <summary>Where the calendar ends there is no period: its last day stands for "never".</summary>
public sealed class EndOfTheCalendarTests
{
    private const string Never = "9999-12-31";

    /// <summary>The last day that can begin a period, from the anchor: a thousand are kept clear.</summary>
    private static readonly int LastDay = DateOnly.MaxValue.DayNumber - A.Anchor.DayNumber - 1_000;

    [Theory]
    [InlineData(0, "9997-04-05")]
    [InlineData(1, Never)]
    [InlineData(1_001, Never)]
    [InlineData(700_000, Never)]
    public void A_daily_schedule_ends_a_thousand_days_before_the_calendar(int later, string start) =>
        Assert.Equal(A.Day(start), A.Every(FrequencyType.Daily).Period(LastDay + later).Start);

    [Theory]
    [InlineData(FrequencyType.Monthly, (9998 - 2026) * 12 + 11, "9998-12-15")]
    [InlineData(FrequencyType.Monthly, (9999 - 2026) * 12, Never)]
    [InlineData(FrequencyType.Yearly, 9998 - 2026, "9998-01-15")]
    [InlineData(FrequencyType.Yearly, 9999 - 2026, Never)]
    public void Months_and_years_end_before_the_calendars_last_year(FrequencyType type, int number, string start) =>
        Assert.Equal(A.Day(start), A.Every(type).Period(number).Start);
}
