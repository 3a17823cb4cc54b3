using Billing;
using CsCheck;

namespace Unit.Tests.BillingTests;

public sealed class ChargingWindowTests
{
    private static readonly TimeSpan Spread =
        ChargingWindow.OpeningOn(A.Anchor, A.Id, A.Rules) - A.Seoul("2026-01-15T09:00");

    [Theory]
    [InlineData("08:59:59", false)]
    [InlineData("09:00:00", true)]
    [InlineData("20:59:59", true)]
    [InlineData("21:00:00", false)]
    [InlineData("00:00:00", false)]
    public void The_window_is_open_from_9_until_before_21_in_Seoul(string time, bool isOpen) =>
        Assert.Equal(isOpen, ChargingWindow.IsOpen(A.Seoul($"2026-01-15T{time}"), A.Rules));

    [Fact]
    public void An_instant_is_the_same_whatever_its_offset() =>
        Assert.True(ChargingWindow.IsOpen(new(2026, 1, 14, 16, 30, 0, TimeSpan.FromHours(-8)), A.Rules));

    [Fact]
    public void An_agreements_moment_lies_within_two_hours_of_the_opening() =>
        Ids().Sample(id => SpreadOf(id) >= TimeSpan.Zero && SpreadOf(id) < TimeSpan.FromHours(2));

    [Fact]
    public void Agreements_are_spread_over_the_whole_two_hours()
    {
        var ids = Enumerable.Range(0, 2_000).Select(it => AgreementId.FromKey($"{it}"));
        var minutes = ids.Select(id => SpreadOf(id).TotalMinutes).ToList();

        Assert.InRange(minutes.Average(), 55, 65);
        Assert.All(Enumerable.Range(0, 12), tenth => Assert.Contains(minutes, it => (int)(it / 10) == tenth));
    }

    [Fact]
    public void An_agreement_has_the_same_moment_every_day() =>
        Assert.Equal(Spread, ChargingWindow.OpeningOn(new(2028, 2, 29), A.Id, A.Rules) - A.Seoul("2028-02-29T09:00"));

    [Fact]
    public void Without_spread_the_moment_is_the_opening() =>
        Assert.Equal(
            A.Seoul("2026-01-15T09:00"),
            ChargingWindow.OpeningOn(A.Anchor, A.Id, A.Rules with { Spread = TimeSpan.Zero })
        );

    [Fact]
    public void While_the_window_is_open_the_next_moment_is_now() =>
        Assert.Equal(A.Morning, ChargingWindow.NextOpen(A.Morning, A.Id, A.Rules));

    [Theory]
    [InlineData("2026-01-15T00:00", "2026-01-15T09:00")]
    [InlineData("2026-01-15T08:59", "2026-01-15T09:00")]
    [InlineData("2026-01-15T21:00", "2026-01-16T09:00")]
    [InlineData("2026-12-31T23:59", "2027-01-01T09:00")]
    public void While_the_window_is_closed_the_next_moment_follows_the_next_opening(string now, string opening) =>
        Assert.Equal(A.Seoul(opening) + Spread, ChargingWindow.NextOpen(A.Seoul(now), A.Id, A.Rules));

    [Fact]
    public void The_next_moment_is_never_past_and_always_inside_the_window() =>
        Gen.Select(Gen.Int[0, 5_000_000], Ids())
            .Sample(
                (seconds, id) =>
                {
                    var now = A.Morning.AddSeconds(seconds);
                    var next = ChargingWindow.NextOpen(now, id, A.Rules);
                    return next >= now && next < now.AddHours(14) && ChargingWindow.IsOpen(next, A.Rules);
                }
            );

    [Theory]
    [InlineData("2026-01-31T14:59:59Z", "2026-01-31")]
    [InlineData("2026-01-31T15:00:00Z", "2026-02-01")]
    [InlineData("2026-01-31T23:00:00-08:00", "2026-02-01")]
    public void A_day_begins_at_midnight_in_Seoul(string instant, string day) =>
        Assert.Equal(A.Day(day), BillingCalendar.DateAt(DateTimeOffset.Parse(instant)));

    [Fact]
    public void A_local_time_and_its_instant_are_inverse() =>
        Gen.Select(Gen.Int[0, 30_000], Gen.Int[0, 86_399])
            .Sample(
                (days, seconds) =>
                {
                    var day = new DateOnly(2020, 1, 1).AddDays(days);
                    var time = TimeOnly.MinValue.Add(TimeSpan.FromSeconds(seconds));
                    var instant = BillingCalendar.InstantAt(day, time);
                    return instant.Offset == TimeSpan.Zero
                        && BillingCalendar.DateAt(instant) == day
                        && BillingCalendar.TimeAt(instant) == time;
                }
            );

    private static TimeSpan SpreadOf(AgreementId id) =>
        ChargingWindow.OpeningOn(A.Anchor, id, A.Rules) - A.Seoul("2026-01-15T09:00");

    private static Gen<AgreementId> Ids() => Gen.Int.Select(number => AgreementId.FromKey($"{number}"));
}
