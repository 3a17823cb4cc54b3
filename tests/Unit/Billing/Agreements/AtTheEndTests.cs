using Billing;

namespace Unit.Tests.BillingTests;

/// <summary>What may still leave when a plan has come to its end, or is about to be changed.</summary>
public sealed class AtTheEndTests
{
    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    [InlineData(60, false)]
    public void What_is_in_doubt_is_not_sent_again_at_the_end_or_later(int secondsAfterTheEnd, bool isSent)
    {
        var end = A.Morning.AddHours(5);
        var charging = A.Charging() with { Plan = A.Charging().Plan with { EndAt = end } };

        var looked = charging.Unfound("20260115-1", end.AddSeconds(secondsAfterTheEnd));

        Assert.Equal(isSent, looked.Claim is not null);
    }

    [Theory]
    [InlineData(0, 1, true)]
    [InlineData(1, 1, false)]
    [InlineData(1, 2, true)]
    public void No_fewer_charges_can_be_agreed_than_are_captured_or_under_way(int captured, int most, bool isAllowed)
    {
        var charging = A.Charging() with { Plan = A.Charging().Plan with { CapturedPeriods = captured } };

        var hindrance = charging.WhyNoChange(new(null, null) { MaxCharges = new(most) }, A.Morning);

        Assert.Equal(isAllowed ? null : PlanHindrance.MoreAreCaptured, hindrance);
    }

    [Fact]
    public void While_a_new_frequency_waits_the_latest_period_is_the_latest_of_the_old_one()
    {
        var agreement = A.Planned(plan => plan with { NextPeriod = 2, IsPastDue = true });
        var now = A.Seoul("2026-02-20T10:00");
        var changed = agreement.Reschedule(new(FrequencyType.Weekly, 1), now).Agreement;
        Attempt old = A.Charging().Open[0] with { State = AttemptState.Declined };

        Assert.NotNull(changed.Plan.Replaced);
        Assert.Equal(PeriodHindrance.Settled, agreement.WhyNoSkip(A.Period(0), [old], now));
        Assert.Equal(PeriodHindrance.Settled, changed.WhyNoSkip(A.Period(0), [old], now));
        Assert.Null(changed.WhyNoSkip(A.Period(1), [old with { Period = A.Period(1) }], now));
        Assert.Same(changed.Plan, DunningPlan.After(changed, old, A.Rules, now));
    }

    [Fact]
    public void What_the_shop_asks_for_by_hand_leaves_the_price_of_the_retries_as_it_was()
    {
        var declined = A.Charging().Hear(A.Charging().Open[0], A.Declined(), A.Rules, A.Morning);
        var byHand = declined.Agreement.NextAttempt(A.Period(0), [declined.Moved()], new(100, "KRW"));
        var asked = declined.Agreement.Claim(byHand, A.Morning.AddHours(1)).Agreement;

        var again = asked.Hear(
            asked.Open[0],
            A.Declined() with
            {
                ProviderId = "chr_2",
            },
            A.Rules,
            A.Morning.AddHours(2)
        );

        Assert.Equal(100, asked.Open[0].Amount.MinorUnits);
        Assert.Equal(A.Price, again.Agreement.Plan.Dunning!.Amount);
    }

    [Fact]
    public void More_reasons_to_stop_than_are_kept_leave_one_that_says_so()
    {
        var stopped = Enumerable
            .Range(0, 12)
            .Aggregate(A.Agreement(), (it, n) => it.CallForAPerson($"{n:D2}", "chargeback", A.Morning).Agreement);

        foreach (var stop in stopped.Stops.Where(it => it.Reason is "chargeback"))
        {
            stopped = stopped.AcceptStop(stop.Subject, stop.Reason).Agreement;
        }

        Assert.Equal("agreement: more reasons than are kept: compare it with PPRO", stopped.WhyStopped());
        Assert.False(stopped.MayCharge);
    }
}
