using Billing;

namespace Unit.Tests.BillingTests;

/// <summary>What a refusal of a charge means: of us, of our request, or of one agreement alone.</summary>
public sealed class RefusalsTests
{
    private static readonly DateTimeOffset Later = A.Morning.AddMinutes(1);

    [Theory]
    [InlineData(RefusalKind.Request, true)]
    [InlineData(RefusalKind.NotFound, true)]
    [InlineData(RefusalKind.Agreement, true)]
    [InlineData(RefusalKind.Credentials, false)]
    [InlineData(RefusalKind.Route, false)]
    [InlineData(RefusalKind.RateLimited, false)]
    public void Which_refusals_of_a_period_that_is_due_call_for_a_person(RefusalKind kind, bool isCalled)
    {
        var refused = Settle(A.Charging(), kind).Agreement;

        Assert.Equal(isCalled, refused.WhyStopped() is not null);
        Assert.Equal(!isCalled, refused.MayCharge);
    }

    [Theory]
    [InlineData(RefusalKind.Request, false)]
    [InlineData(RefusalKind.Agreement, true)]
    public void Of_what_the_shop_asked_for_only_that_of_the_agreement_does(RefusalKind kind, bool isCalled)
    {
        var byHand = A.Open(A.Charging().Open[0] with { IsByHand = true });
        var single = A.Open(A.Charging().Open[0] with { Key = "s-1", Period = null });

        Assert.Equal(isCalled, Settle(byHand, kind).Agreement.WhyStopped() is not null);
        Assert.Equal(isCalled, Settle(single, kind).Agreement.WhyStopped() is not null);
    }

    [Fact]
    public void Of_an_agreement_that_has_ended_none_does()
    {
        var ended = A.Charging().Cancel(A.Morning).Agreement;

        Assert.Null(Settle(ended, RefusalKind.Request).Agreement.WhyStopped());
        Assert.Null(Settle(ended, RefusalKind.Agreement).Agreement.WhyStopped());
    }

    [Fact]
    public void Refused_alone_it_waits_unsent_and_leaves_when_a_person_has_looked()
    {
        var refused = Settle(A.Charging(), RefusalKind.Agreement).Agreement;
        var now = Later.AddMinutes(15);

        Assert.Equal((AttemptState.Unsent, now), (refused.Open[0].State, refused.Open[0].RecheckAt));
        Assert.Equal("20260115-1: PPRO refuses it, and nothing else: HTTP 400", refused.WhyStopped());
        Assert.Null(refused.SendUnsent("20260115-1", now).Claim);
        var stop = refused.Stops[0];
        Assert.NotNull(refused.AcceptStop(stop.Subject, stop.Reason).Agreement.SendUnsent("20260115-1", now).Claim);
    }

    [Fact]
    public void A_refused_resend_stays_in_doubt_and_calls_for_a_person()
    {
        var resent = A.Open(A.Charging().Open[0] with { Sends = 2 });

        var refused = Settle(resent, RefusalKind.Agreement, sends: 2).Agreement;

        Assert.Equal(AttemptState.InDoubt, refused.Open[0].State);
        Assert.NotNull(refused.WhyStopped());
    }

    [Fact]
    public void A_refused_request_by_hand_leaves_the_set_days()
    {
        var byHand = A.Open(A.Charging().Open[0] with { IsByHand = true, Number = 3 }) with
        {
            Plan = A.Charging().Plan,
        };

        var plan = Settle(byHand, RefusalKind.Request).Agreement.Plan;

        Assert.Equal(
            (4, A.Day("2026-01-16")),
            (plan.Dunning!.NextAttempt, BillingCalendar.DateAt(plan.Dunning.RetryAt))
        );
    }

    [Fact]
    public void The_last_possible_attempt_that_is_refused_is_the_last()
    {
        var last = A.Open(A.Charging().Open[0] with { Number = BillingRules.MaxAttempts }) with
        {
            Plan = A.Charging().Plan,
        };

        var plan = Settle(last, RefusalKind.Request).Agreement.Plan;

        Assert.Equal((null, true), (plan.Dunning, plan.IsPastDue));
    }

    [Fact]
    public void Refused_after_the_next_period_has_begun_the_old_one_is_left()
    {
        var newer = A.Charging() with { Plan = A.Charging().Plan with { NextPeriod = 3 } };
        var now = A.Seoul("2026-03-20T12:00");

        var plan = newer
            .Settle(newer.Open[0], A.Refused(RefusalKind.Request), A.ClaimOf(newer.Open[0]), A.Rules, now)
            .Agreement.Plan;

        Assert.Equal(newer.Plan, plan);
    }

    [Fact]
    public void A_refund_that_is_refused_alone_calls_for_a_person()
    {
        var paid = A.Charging()
            .Hear(A.Charging().Open[0], A.Captured() with { CapturedAt = A.Morning }, A.Rules, A.Morning);
        var intent = new RefundIntent(Refund.IdOf("20260115-1", "ref"), "ref", "key", "{}"u8.ToArray());
        var claimed = paid.Agreement.ClaimRefund(paid.Moved(), new(100, "KRW"), intent, A.Morning);
        var refused = new Answer<RefundReading>.Refused(new(RefusalKind.Agreement, 403, null));

        var after = claimed.Agreement.SettleRefund(claimed.Claim!, claimed.Moved(), refused, Later).Agreement;

        Assert.Equal(RefundState.Unsent, after.OpenRefunds[0].State);
        Assert.Contains("PPRO refuses this refund, and nothing else: HTTP 403", after.WhyStopped());
    }

    private static Change Settle(Agreement agreement, RefusalKind kind, int sends = 1) =>
        agreement.Settle(agreement.Open[0], A.Refused(kind), A.ClaimOf(agreement.Open[0], sends), A.Rules, Later);
}
