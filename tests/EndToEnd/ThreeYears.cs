using TestKit;

namespace EndToEnd.Tests;

/// <summary>
/// A monthly plan that starts on the 31st, for three years, every period accounted for in PPRO's books.
/// </summary>
[Collection(PassingTimeCollection.Name)]
public sealed class ThreeYears(RunningApp running)
{
    [Fact]
    public async Task Every_month_of_three_years_is_charged_once_on_its_last_day_or_the_31st()
    {
        await using var app = await running.StartAnotherAsync();
        var start = Next31st(app.Now);
        var request = ChargingBySchedule.Monthly();
        request["startDate"] = $"{start:yyyy-MM-dd}T00:00:00+09:00";
        var id = await app.ActiveAgreementAsync(request);

        await AdvanceToAsync(app, LastDayOfMonth(start, 36).AddDays(1));

        var expected = Enumerable.Range(0, 37).Select(month => LastDayOfMonth(start, month).ToString("yyyyMMdd"));
        var captured = (await app.ChargesAtPproAsync(id))
            .Where(it => (bool)it["isCaptured"]!)
            .Select(it => ((string)it["reference"]!).Split('-')[1]);
        Assert.Equal(expected, captured);
        var agreement = (await app.GetAsync($"/api/agreements/{id}")).Json;
        Assert.Equal(37 * 9_900, (long)agreement["capturedAmount"]!);
        Assert.Null(agreement["skippedPeriods"]);
    }

    /// <summary>The 31st of the next January or July: both are followed by shorter months.</summary>
    private static DateOnly Next31st(DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        DateOnly[] candidates = [new(today.Year, 7, 31), new(today.Year + 1, 1, 31)];
        return candidates.First(day => day > today.AddDays(2));
    }

    /// <summary>Counted by year and month alone, not by the calendar under test.</summary>
    private static DateOnly LastDayOfMonth(DateOnly start, int months)
    {
        var month = (start.Year * 12) + start.Month - 1 + months;
        var (year, number) = (month / 12, (month % 12) + 1);
        return new(year, number, Math.Min(31, DateTime.DaysInMonth(year, number)));
    }

    private static async Task AdvanceToAsync(LocalApp app, DateOnly day)
    {
        var target = new DateTimeOffset(day.ToDateTime(new TimeOnly(12, 0)), TimeSpan.FromHours(9));
        await app.AdvanceAsync(target - app.Now);
    }
}
