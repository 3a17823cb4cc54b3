using Billing;

namespace Unit.Tests.BillingTests;

/// <summary>Which periods a plan still has, which were left out, and what stops it, each in its order.</summary>
public sealed class PlansInOrderTests
{
    private static readonly DateTimeOffset Now = A.Seoul("2026-05-20T12:00");

    [Theory]
    [InlineData("2026-05-15T10:00", "2026-03-15", 1)] // cancelled before its end
    [InlineData("2026-03-15T10:00", "2026-05-15", 1)] // over before the cancel
    [InlineData("2026-03-15T10:00", "2026-03-15", 1)]
    [InlineData("2026-03-15T10:01", "2026-03-15", 1)] // its last day is the cancel's
    [InlineData("2026-03-15T10:01", "2026-03-16", 2)]
    [InlineData(null, "2026-03-15", 1)]
    [InlineData("2026-03-15T10:00", null, 1)]
    public void The_earlier_of_a_plans_end_and_its_cancel_has_the_last_word(string? end, string? cancel, int last)
    {
        var plan = A.Planned(it =>
            it with
            {
                EndAt = end is null ? null : A.Seoul(end),
                Cancel = cancel is null ? null : new(A.Day(cancel), EndedBy.Storefront, null, A.Morning),
            }
        ).Plan;

        var within = Enumerable.Range(0, 12).Where(number => plan.IsWithinTerm(A.Period(number)));

        Assert.Equal(Enumerable.Range(0, last + 1), within);
        Assert.Equal(last, plan.LastBegunOn(A.Day("2026-12-31"), plan.Schedule!));
    }

    [Fact]
    public void A_retry_of_the_old_frequencys_period_leaves_the_new_one_to_be_taken_back()
    {
        var running = A.Planned(plan =>
            plan with
            {
                NextPeriod = 1,
                Dunning = new(A.Period(0), 2, A.Morning, A.Price),
            }
        );
        var now = A.Seoul("2026-01-20T12:00");

        var retried = running.Reschedule(new(FrequencyType.Weekly, 2), now).Agreement.Claim(A.Due(0, 2), now);
        var back = retried.Agreement.Reschedule(new(FrequencyType.Monthly, 1), now).Agreement.Plan;

        Assert.NotNull(retried.Claim);
        Assert.Equal(new(A.Monthly(), 1), retried.Agreement.Plan.Replaced);
        Assert.Equal((A.Monthly(), 1, null), (back.Schedule, back.NextPeriod, back.Replaced));
    }

    [Theory]
    [InlineData(2, 2, 1)]
    [InlineData(2, 3, 2)]
    [InlineData(1, 3, 3)]
    public void The_skipped_periods_are_counted_from_the_first_that_was_not_begun(int next, int through, int count)
    {
        var change = A.Planned(plan => plan with { NextPeriod = next }).Skip(through, "missed", Now);

        Assert.Equal(
            new Fact.PeriodsSkipped(A.Period(next).Start, A.Period(through).Start, count, "missed", Now),
            Assert.Single(change.Facts)
        );
    }

    [Fact]
    public void What_stops_an_agreement_is_listed_by_subject_and_then_by_reason()
    {
        var stopped = A.Agreement();
        foreach (var (subject, reason) in new[] { ("b", "1"), ("a", "2"), ("a", "3"), ("a", "1") })
        {
            stopped = stopped.CallForAPerson(subject, reason, Now).Agreement;
        }

        Assert.Equal("a: 1; a: 2; a: 3; b: 1", stopped.WhyStopped());
    }
}
