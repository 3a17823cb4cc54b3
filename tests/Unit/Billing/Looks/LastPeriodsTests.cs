using Billing;

namespace Unit.Tests.BillingTests;

/// <summary>What is still due, tried again and served when a plan comes to its end.</summary>
public sealed class LastPeriodsTests
{
    [Theory]
    [InlineData("2026-02-15T20:00", "2026-02-15T20:00")]
    [InlineData("2026-02-15T21:30", null)] // the window opens again after the end
    public void A_period_that_would_be_due_at_the_end_or_later_is_none(string now, string? expected)
    {
        var ending = A.Planned(plan => plan with { NextPeriod = 1, EndAt = A.Seoul("2026-02-15T22:00") });

        var due = PeriodAgenda.NextDue(ending, A.Rules, A.Seoul(now));

        Assert.Equal(expected is null ? null : A.Seoul(expected), due?.At);
    }

    [Theory]
    [InlineData("2026-03-01T00:00", "2026-03-01T00:00")] // with the term
    [InlineData("2026-04-01T00:00", "2026-03-15T00:00")] // with their period
    [InlineData(null, "2026-03-15T00:00")]
    public void Retries_end_with_their_period_or_with_the_term(string? end, string expected)
    {
        var agreement = A.Planned(plan =>
            plan with
            {
                NextPeriod = 2,
                EndAt = end is null ? null : A.Seoul(end),
                Dunning = new(A.Period(1), 2, A.Seoul("2026-02-16T10:00"), A.Price),
            }
        );
        var over = A.Seoul(expected);

        Assert.Contains(
            new(over, new LookStep.EndDunning()),
            PeriodAgenda.Items(agreement, A.Rules, A.Seoul("2026-02-15T12:00"))
        );
        Assert.Same(agreement, agreement.EndDunning(over.AddTicks(-1)).Agreement);
        Assert.Null(agreement.EndDunning(over).Agreement.Plan.Dunning);
    }

    [Theory]
    [InlineData(true, BillingState.Completed)]
    [InlineData(false, BillingState.InDoubt)]
    public void A_single_charge_in_doubt_keeps_no_plan_from_its_end(bool isSingle, BillingState state)
    {
        var open = A.Charging().Open[0];
        var paid = A.Planned(plan => plan with { NextPeriod = 2, MaxCharges = 1, CapturedPeriods = 1 });
        var agreement = paid with { Open = [isSingle ? open with { Key = "s-1", Period = null } : open] };

        Assert.Equal((isSingle, state), (PlanEnd.IsReached(agreement), BillingStates.Of(agreement)));
    }

    [Fact]
    public void A_last_period_that_the_shop_skipped_is_not_waited_for()
    {
        var agreement = A.Planned(plan =>
            plan with
            {
                NextPeriod = 1,
                EndAt = A.Seoul("2026-03-15T00:00"),
                CapturedPeriods = 1,
                PaidThroughOn = A.Day("2026-02-15"),
            }
        );

        var skipped = agreement.SkipByHand(A.Period(1), [], "goodwill", A.Seoul("2026-02-01T12:00")).Agreement;

        Assert.Equal(A.Seoul("2026-02-15T00:00"), PlanEnd.CompletesAt(skipped, A.Rules));
    }

    [Fact]
    public void What_was_paid_for_is_served_though_something_is_owed_and_the_end_was_moved_forward()
    {
        var agreement = A.Planned(plan =>
            plan with
            {
                NextPeriod = 2,
                EndAt = A.Seoul("2026-03-01T00:00"),
                IsPastDue = true,
                CapturedPeriods = 1,
                PaidThroughOn = A.Day("2026-03-15"),
            }
        );

        Assert.Equal(A.Seoul("2026-03-15T00:00"), PlanEnd.CompletesAt(agreement, A.Rules));
    }

    [Theory]
    [InlineData(0, "2026-01-15")]
    [InlineData(1, null)]
    public void Only_the_very_first_period_remembers_when_it_was_first_tried(int period, string? expected)
    {
        var now = A.Morning.AddMonths(period);
        var claimed = A.Planned(plan => plan with { NextPeriod = period }).Claim(A.Due(period), now).Agreement;

        var declined = claimed.Hear(claimed.Open[0], A.Declined(), A.Rules, now).Agreement;

        Assert.Equal(expected is null ? null : A.Day(expected), declined.Plan.FirstTriedOn);
    }
}
