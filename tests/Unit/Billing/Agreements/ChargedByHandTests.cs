using Billing;

namespace Unit.Tests.BillingTests;

/// <summary>From when on, how often, and of which period the shop may charge by hand.</summary>
public sealed class ChargedByHandTests
{
    [Theory]
    [InlineData(-1, null)]
    [InlineData(0, null)]
    [InlineData(1, PeriodHindrance.NotBegun)]
    public void A_period_may_be_charged_from_the_very_moment_of_the_start(long ticks, PeriodHindrance? why)
    {
        var agreement = A.Agreement() with { Terms = A.Terms() with { StartDate = A.Morning.AddTicks(ticks) } };

        Assert.Equal(why, agreement.WhyNoAttempt(A.Period(0), [], A.Morning));
    }

    [Theory]
    [InlineData("2026-02-14T23:59:59", PeriodHindrance.NotBegun)]
    [InlineData("2026-02-15T00:00:00", null)]
    [InlineData("2026-02-16T00:00:00", null)]
    public void And_from_its_first_day_on(string now, PeriodHindrance? why) =>
        Assert.Equal(why, A.Planned(plan => plan with { NextPeriod = 1 }).WhyNoAttempt(A.Period(1), [], A.Seoul(now)));

    [Theory]
    [InlineData(19, null)]
    [InlineData(20, PeriodHindrance.TooMany)]
    public void Not_when_too_many_charges_of_the_agreement_are_open(int open, PeriodHindrance? why)
    {
        var single = A.Charging().Open[0] with { Period = null };
        var agreement = A.Agreement() with
        {
            Open = [.. Enumerable.Range(0, open).Select(number => single with { Key = $"s-{number}" })],
        };

        Assert.Equal(why, agreement.WhyNoAttempt(A.Period(0), [], A.Morning));
    }

    [Theory]
    [InlineData(null, 1)]
    [InlineData(1, 2)]
    [InlineData(7, 8)]
    public void An_attempt_has_the_number_after_the_last_one(int? last, int next)
    {
        Attempt[] earlier = last is { } number
            ? [Declined() with { Number = 1 }, Declined() with { Number = number }]
            : [];

        Assert.Equal(
            new(A.Period(0), next, A.Price) { IsByHand = true, AmountOfPeriod = A.Price },
            A.Agreement().NextAttempt(A.Period(0), earlier, A.Price)
        );
    }

    [Fact]
    public void One_that_was_let_go_is_tried_again_at_the_shops_own_price()
    {
        var (own, later) = (new Money(5_000, "KRW"), A.Seoul("2026-02-15T10:00"));
        var waiting = A.Planned(plan => plan with { NextPeriod = 1 });
        var letGo = waiting.SkipByHand(A.Period(1), [], "holiday", A.Seoul("2026-02-10T10:00")).Agreement;

        Assert.Equal(A.Price, waiting.NextAttempt(A.Period(1), [], own).AmountOfPeriod);
        var byHand = letGo.NextAttempt(A.Period(1), [], own);
        Assert.Null(byHand.AmountOfPeriod);
        var charging = letGo.Claim(byHand, later).Agreement;
        var declined = charging.Hear(charging.Open[0], A.Declined(), A.Rules, later).Agreement;
        Assert.Equal(own, declined.Plan.Dunning!.Amount);
    }

    [Theory]
    [InlineData("2026-01-15", 0)]
    [InlineData("2026-03-15", 2)]
    [InlineData("2026-03-16", null)]
    [InlineData("2026-01-14", null)]
    public void A_period_is_named_by_its_first_day(string day, int? number) =>
        Assert.Equal(number is { } known ? A.Period(known) : null, A.Agreement().FindPeriod(A.Day(day), []));

    [Fact]
    public void Without_a_schedule_no_day_is_a_periods_first() =>
        Assert.Null(A.Planned(plan => plan with { Schedule = null }).FindPeriod(A.Anchor, []));

    [Fact]
    public void What_may_not_be_let_go_stays_as_it_is()
    {
        var now = A.Seoul("2026-01-20T11:00");
        var owing = A.Planned(plan => plan with { NextPeriod = 1, IsPastDue = true });
        var ended = owing.Cancel(now).Agreement;
        Attempt[] declined = [Declined()];
        Attempt[] paid = [Declined() with { State = AttemptState.Captured }];
        Attempt[] pending = [Declined() with { State = AttemptState.Pending }];

        AssertNothing(ended, A.Period(0), declined);
        AssertNothing(owing, A.Period(0), paid);
        AssertNothing(owing, A.Period(0), pending);
        AssertNothing(owing, A.Period(2), []);
        Assert.NotSame(owing, owing.SkipByHand(A.Period(0), declined, "a gift", now).Agreement);

        void AssertNothing(Agreement before, BillingPeriod period, Attempt[] earlier)
        {
            var change = before.SkipByHand(period, earlier, "a gift", now);
            Assert.Same(before, change.Agreement);
            Assert.Empty(change.Facts);
        }
    }

    private static Attempt Declined() => A.Charging().Open[0] with { State = AttemptState.Declined };
}
