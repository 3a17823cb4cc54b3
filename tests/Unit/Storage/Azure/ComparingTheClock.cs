using Microsoft.Extensions.Time.Testing;
using Storage;

namespace Unit.Tests.StorageTests;

/// <summary>Storage's time is compared with ours at every answer, whatever the answer says.</summary>
public sealed class ComparingTheClock
{
    private static readonly DateTimeOffset Now = new(2026, 1, 15, 1, 0, 0, TimeSpan.Zero);
    private readonly ClockWatch watch = new(new FakeTimeProvider(Now));

    [Theory]
    [InlineData(10, false)]
    [InlineData(-10, false)]
    [InlineData(5, true)]
    [InlineData(-5, true)]
    public async Task A_clock_that_is_ten_minutes_off_is_not_trusted(int minutes, bool isTrusted)
    {
        await HearAsync(Dated(200, minutes));

        Assert.Equal(TimeSpan.FromMinutes(-minutes), watch.Skew);
        Assert.Equal(isTrusted, watch.IsTrusted);
    }

    [Fact]
    public async Task A_refusal_has_a_time_too()
    {
        await HearAsync(Dated(404, 10));

        Assert.False(watch.IsTrusted);
    }

    [Fact]
    public async Task A_clock_that_is_right_again_is_trusted_again()
    {
        await HearAsync(Dated(200, 10));
        await HearAsync(Dated(200, 0));

        Assert.True(watch.IsTrusted);
    }

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    public async Task An_answer_without_a_time_changes_nothing(string date)
    {
        await HearAsync(Dated(200, 10));
        await HearAsync(new Answer(200, Headers: ("Date", date)));

        Assert.Equal(TimeSpan.FromMinutes(-10), watch.Skew);
    }

    private static Answer Dated(int status, int minutes) =>
        Answer.OfTables(status, "ResourceNotFound", ("Date", Now.AddMinutes(minutes).ToString("R")));

    private async Task HearAsync(Answer answer)
    {
        using var clients = new Wire(answer).Connect(watch);
        await new AzureTables(clients.Tables).FindAsync("agreements", new("p", "r"), default);
    }
}
