using Billing;
using CsCheck;

namespace Unit.Tests.BillingTests;

public sealed class LookTimesTests
{
    [Theory]
    [InlineData(0, 3)]
    [InlineData(2, 3)]
    [InlineData(3, 10)]
    [InlineData(9, 10)]
    [InlineData(10, 30)]
    [InlineData(30, 120)]
    [InlineData(119, 120)]
    [InlineData(120, 360)]
    [InlineData(359, 360)]
    [InlineData(360, 600)]
    [InlineData(4_000, 4_200)]
    public void Looks_come_after_3_10_30_and_120_minutes_and_then_every_4_hours(int last, int next) =>
        Assert.Equal(A.Morning.AddMinutes(next), LookTimes.After(A.Morning, A.Morning.AddMinutes(last)));

    [Fact]
    public void The_first_look_comes_after_3_minutes() =>
        Assert.Equal(A.Morning.AddMinutes(3), LookTimes.After(A.Morning, null));

    [Fact]
    public void A_look_from_before_the_start_does_not_count() =>
        Assert.Equal(A.Morning.AddMinutes(3), LookTimes.After(A.Morning, A.Morning.AddHours(-5)));

    [Fact]
    public void The_next_look_always_moves_on_and_never_by_more_than_4_hours() =>
        Gen.Int[0, 2_000_000]
            .Sample(seconds =>
            {
                var last = A.Morning.AddSeconds(seconds);
                var next = LookTimes.After(A.Morning, last);
                return next > last && next <= last.AddHours(4);
            });
}
