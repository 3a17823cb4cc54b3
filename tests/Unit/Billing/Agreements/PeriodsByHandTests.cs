using Billing;

namespace Unit.Tests.BillingTests;

/// <summary>Retry and skip of one period, at the shop's wish.</summary>
public sealed class PeriodsByHandTests
{
    private static readonly DateTimeOffset Later = A.Seoul("2026-01-20T11:00");
    private static readonly DateTimeOffset MuchLater = A.Seoul("2026-03-20T11:00");

    [Fact]
    public void A_declined_period_may_be_tried_again_with_the_next_number()
    {
        var (agreement, earlier) = Declined("CARD_CLOSED_OR_INVALID");

        Assert.Null(agreement.WhyNoAttempt(A.Period(0), earlier, Later));
        Assert.Equal(
            new(A.Period(0), 2, A.Price) { IsByHand = true, AmountOfPeriod = A.Price },
            A.Agreement().NextAttempt(A.Period(0), earlier, A.Price)
        );
    }

    [Fact]
    public void An_attempt_by_hand_takes_the_place_of_the_planned_one()
    {
        var (agreement, _) = Declined("INSUFFICIENT_FUNDS");
        Assert.NotNull(agreement.Plan.Dunning);

        var tried = agreement.Claim(A.Due(0, 2), Later).Agreement;

        Assert.Null(tried.Plan.Dunning);
        Assert.Equal(1, tried.Plan.NextPeriod);
    }

    [Theory]
    [InlineData(AttemptState.InDoubt, PeriodHindrance.Open)]
    [InlineData(AttemptState.Pending, PeriodHindrance.Open)]
    [InlineData(AttemptState.Unsent, PeriodHindrance.Open)]
    [InlineData(AttemptState.Captured, PeriodHindrance.Paid)]
    public void Doubt_and_payment_block(AttemptState state, PeriodHindrance why)
    {
        var (agreement, earlier) = Declined("INSUFFICIENT_FUNDS");
        Attempt[] attempts = [earlier[0], earlier[0] with { Key = "20260115-2", Number = 2, State = state }];

        Assert.Equal(why, agreement.WhyNoAttempt(A.Period(0), attempts, Later));
        Assert.Equal(why, agreement.WhyNoSkip(A.Period(0), attempts, Later));
    }

    [Fact]
    public void A_period_that_has_not_begun_is_not_charged_by_hand() =>
        Assert.Equal(PeriodHindrance.NotBegun, Declined("X").Agreement.WhyNoAttempt(A.Period(1), [], Later));

    [Theory]
    [InlineData("2026-02-15T10:00", null)]
    [InlineData(null, "2026-02-15")]
    public void No_period_is_charged_or_skipped_by_hand_that_starts_after_the_end(string? endAt, string? cancelOn)
    {
        var agreement = A.Planned(plan =>
            plan with
            {
                NextPeriod = 1,
                EndAt = endAt is null ? null : A.Seoul(endAt),
                Cancel = cancelOn is null ? null : new(A.Day(cancelOn), EndedBy.Storefront, null, A.Morning),
            }
        );

        Assert.Null(agreement.FindPeriod(A.Period(1).Start, []));
        Assert.Equal(A.Period(0), agreement.FindPeriod(A.Period(0).Start, []));
        Assert.Equal(A.Period(1), A.Planned(plan => plan with { NextPeriod = 1 }).FindPeriod(A.Period(1).Start, []));
    }

    [Fact]
    public void An_agreement_that_is_not_active_or_has_an_exception_is_not_charged_by_hand()
    {
        var (agreement, earlier) = Declined("X");
        var ended = agreement.Cancel(Later).Agreement;

        Assert.Equal(PeriodHindrance.Ended, ended.WhyNoAttempt(A.Period(0), earlier, Later));
        var stopped = agreement.Stopped();
        Assert.Equal(PeriodHindrance.Exception, stopped.WhyNoAttempt(A.Period(0), earlier, Later));
    }

    [Fact]
    public void Attempts_for_one_period_are_bounded()
    {
        var (agreement, earlier) = Declined("X");
        var many = Enumerable.Repeat(earlier[0], BillingRules.MaxAttempts).ToList();

        Assert.Equal(PeriodHindrance.TooMany, agreement.WhyNoAttempt(A.Period(0), many, Later));
    }

    [Fact]
    public void An_older_period_charged_by_hand_leaves_the_current_plan_alone()
    {
        var agreement = A.Planned(plan =>
            plan with
            {
                NextPeriod = 3,
                IsPastDue = false,
                Dunning = new(A.Period(2), 2, A.Seoul("2026-03-18T10:00"), A.Price),
            }
        );

        var tried = agreement.Claim(A.Due(0), A.Seoul("2026-03-16T10:00")).Agreement;

        Assert.Equal(agreement.Plan, tried.Plan);
    }

    [Fact]
    public void A_refused_request_for_an_older_period_does_not_make_the_current_one_past_due()
    {
        var agreement = A.Planned(plan => plan with { NextPeriod = 3 });
        var tried = agreement.Claim(A.Due(1), MuchLater).Agreement;
        var claim = A.ClaimOf(tried.Open[0]);

        var refused = tried.Settle(tried.Open[0], A.Refused(RefusalKind.Request), claim, A.Rules, MuchLater).Agreement;

        Assert.Empty(refused.Open);
        Assert.False(refused.Plan.IsPastDue);
    }

    [Fact]
    public void Paying_an_older_period_does_not_settle_the_one_that_is_past_due()
    {
        var agreement = A.Planned(plan => plan with { NextPeriod = 3, IsPastDue = true });
        var tried = agreement.Claim(A.Due(1), MuchLater).Agreement;

        var paid = tried.Hear(tried.Open[0], A.Captured(), A.Rules, MuchLater).Agreement;

        Assert.True(paid.Plan.IsPastDue);
    }

    [Fact]
    public void The_next_period_may_be_left_out_and_the_one_after_it_is_next()
    {
        var change = A.Agreement().SkipByHand(A.Period(0), [], "a present", Later);

        Assert.Equal(1, change.Agreement.Plan.NextPeriod);
        var skipped = Assert.IsType<Fact.PeriodsSkipped>(Assert.Single(change.Facts));
        Assert.Equal(
            (A.Anchor, A.Anchor, 1, "a present"),
            (skipped.From, skipped.Through, skipped.Count, skipped.Reason)
        );
    }

    [Fact]
    public void A_declined_period_that_is_let_go_is_owed_no_more()
    {
        var (agreement, earlier) = Declined("INSUFFICIENT_FUNDS");

        var skipped = agreement.SkipByHand(A.Period(0), earlier, "goodwill", Later).Agreement;

        Assert.Equal((null, false), (skipped.Plan.Dunning, skipped.Plan.IsPastDue));
        Assert.Equal(PeriodHindrance.Settled, skipped.WhyNoSkip(A.Period(0), earlier, Later));
    }

    [Fact]
    public void A_next_period_that_is_let_go_ahead_of_its_time_does_not_end_the_retries_of_the_current_one()
    {
        var (agreement, earlier) = Declined("INSUFFICIENT_FUNDS");
        var skipped = agreement.SkipByHand(A.Period(1), [], "a present", Later).Agreement;
        var again = skipped.Claim(A.Due(0, 2), Later).Agreement;

        var declined = again.Hear(again.Open[0], A.Declined(), A.Rules, Later).Agreement;
        var paid = again.Hear(again.Open[0], A.Captured(), A.Rules, Later).Agreement;

        Assert.Equal(3, declined.Plan.Dunning!.NextAttempt);
        Assert.Equal((null, false), (paid.Plan.Dunning, paid.Plan.IsPastDue));
        var owed = skipped with { Plan = skipped.Plan with { Dunning = null, IsPastDue = true } };
        Assert.Null(owed.WhyNoSkip(A.Period(0), earlier, Later));
    }

    [Theory]
    [InlineData(AfterLastDecline.Leave, null)]
    [InlineData(AfterLastDecline.Cancel, EndedBy.NotPaid)]
    public void After_the_last_decline_the_setting_decides(AfterLastDecline setting, EndedBy? by)
    {
        var rules = A.Rules with { AfterLastDecline = setting };
        var agreement = A.Charging();

        var declined = agreement.Hear(agreement.Open[0], A.Declined("CARD_CLOSED_OR_INVALID"), rules, Later).Agreement;

        Assert.Equal(by, declined.Ending?.By);
    }

    [Fact]
    public void A_decline_that_will_be_tried_again_ends_nothing()
    {
        var rules = A.Rules with { AfterLastDecline = AfterLastDecline.Cancel };
        var agreement = A.Charging();

        Assert.Null(agreement.Hear(agreement.Open[0], A.Declined(), rules, A.Morning).Agreement.Ending);
    }

    private static (Agreement Agreement, IReadOnlyList<Attempt> Earlier) Declined(string code)
    {
        var agreement = A.Charging();
        var change = agreement.Hear(agreement.Open[0], A.Declined(code), A.Rules, A.Morning);
        return (change.Agreement, [change.Moved()]);
    }
}
