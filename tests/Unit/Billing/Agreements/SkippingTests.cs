using Billing;

namespace Unit.Tests.BillingTests;

public sealed class SkippingTests
{
    private static readonly DateTimeOffset Now = A.Seoul("2026-05-20T12:00");

    [Fact]
    public void Skipped_periods_are_recorded_as_one_range_with_its_reason()
    {
        var change = A.Agreement().Skip(3, "missed", Now);

        Assert.Equal(
            new Fact.PeriodsSkipped(A.Day("2026-01-15"), A.Day("2026-04-15"), 4, "missed", Now),
            Assert.Single(change.Facts)
        );
        Assert.Equal(4, change.Agreement.Plan.NextPeriod);
    }

    [Fact]
    public void What_is_skipped_is_not_skipped_again()
    {
        var skipped = A.Agreement().Skip(3, "missed", Now).Agreement;

        Assert.Same(skipped, skipped.Skip(3, "missed", Now).Agreement);
    }

    [Fact]
    public void Without_a_schedule_nothing_is_skipped()
    {
        var agreement = A.Planned(plan => plan with { Schedule = null });

        Assert.Same(agreement, agreement.Skip(3, "missed", Now).Agreement);
    }

    [Fact]
    public void A_skip_leaves_what_was_in_dunning_uncollected()
    {
        var dunning = A.Planned(plan =>
            plan with
            {
                NextPeriod = 1,
                Dunning = new(A.Period(0), 2, A.Morning, A.Price),
            }
        );
        var plan = dunning.Skip(3, "missed", Now).Agreement.Plan;

        Assert.Equal((null, true), (plan.Dunning, plan.IsPastDue));
    }

    [Fact]
    public void A_skip_alone_is_not_past_due() =>
        Assert.False(A.Agreement().Skip(3, "missed", Now).Agreement.Plan.IsPastDue);
}
