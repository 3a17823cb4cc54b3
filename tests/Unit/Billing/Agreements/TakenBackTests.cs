using Billing;

namespace Unit.Tests.BillingTests;

/// <summary>A change or a cancel that is taken back before it took effect.</summary>
public sealed class TakenBackTests
{
    private static readonly DateTimeOffset Now = A.Seoul("2026-01-20T12:00");
    private static readonly Frequency Weekly = new(FrequencyType.Weekly, 2);
    private static readonly Frequency Monthly = new(FrequencyType.Monthly, 1);

    [Fact]
    public void A_frequency_that_is_taken_back_leaves_no_trace()
    {
        var running = A.Planned(plan => plan with { Schedule = A.Monthly("2026-01-31"), NextPeriod = 1 });

        var there = running.Reschedule(Weekly, Now).Agreement;
        var back = there.Reschedule(Monthly, Now).Agreement;

        Assert.Equal(A.Day("2026-02-28"), there.Plan.Schedule!.Anchor);
        Assert.Equal(running.Plan, back.Plan);
        Assert.Equal(A.Day("2026-03-31"), back.Plan.Schedule!.Period(2).Start);
    }

    [Fact]
    public void So_does_one_that_is_changed_twice_and_taken_back()
    {
        var running = A.Planned(plan => plan with { NextPeriod = 1 });

        var twice = running.Reschedule(Weekly, Now).Agreement.Reschedule(new(FrequencyType.Daily, 5), Now).Agreement;

        Assert.Equal(A.Every(FrequencyType.Daily, 5, "2026-02-15"), twice.Plan.Schedule);
        Assert.Equal(running.Plan, twice.Reschedule(Monthly, Now).Agreement.Plan);
    }

    [Fact]
    public void Once_a_period_of_it_has_begun_it_stays()
    {
        var changed = A.Planned(plan => plan with { NextPeriod = 1 }).Reschedule(Weekly, Now).Agreement;
        var first = changed.Plan.Schedule!.Period(0);
        var begun = changed
            .Claim(new(first, 1, A.Price), ChargingWindow.OpeningOn(first.Start, A.Id, A.Rules))
            .Agreement;

        var back = begun.Reschedule(Monthly, Now).Agreement;

        Assert.Null(begun.Plan.Replaced);
        Assert.Equal(A.Monthly("2026-03-01"), back.Plan.Schedule); // two weeks after 15 February
        Assert.Equal(0, back.Plan.NextPeriod);
    }

    [Fact]
    public void Once_a_period_of_it_was_skipped_it_stays()
    {
        var changed = A.Planned(plan => plan with { NextPeriod = 1 }).Reschedule(Weekly, Now).Agreement;

        Assert.Null(changed.Skip(0, "missed", Now).Agreement.Plan.Replaced);
        Assert.Null(changed.SkipByHand(changed.Plan.Schedule!.Period(0), [], "a gift", Now).Agreement.Plan.Replaced);
    }

    [Fact]
    public void A_price_beside_it_stays()
    {
        var price = new Money(12_000, "KRW");
        var changed = A.Planned(plan => plan with { NextPeriod = 1 })
            .ChangeSchedule(new(price, Weekly), Now)
            .Agreement.Reschedule(Monthly, Now)
            .Agreement;

        Assert.Equal((price, A.Monthly()), (changed.Plan.Price, changed.Plan.Schedule));
    }

    [Fact]
    public void A_scheduled_cancel_keeps_who_asked_for_it_and_why_when_it_happens()
    {
        var scheduled = Scheduled();
        var day = A.Seoul("2026-02-15T00:00");

        Assert.Equal(
            new ScheduledCancel(A.Day("2026-02-15"), EndedBy.Operator, "moved away", Now),
            scheduled.Plan.Cancel
        );
        Assert.Same(scheduled, scheduled.CancelAsScheduled(day.AddSeconds(-1)).Agreement);
        var ended = scheduled.CancelAsScheduled(day).Agreement;
        Assert.Equal((day, EndedBy.Operator, "moved away"), (ended.Ending!.At, ended.Ending.By, ended.Ending.Reason));
        var running = A.Agreement();
        Assert.Same(running, running.CancelAsScheduled(day).Agreement);
    }

    [Fact]
    public void Until_then_it_can_be_taken_back()
    {
        var scheduled = Scheduled();
        var last = A.Seoul("2026-02-14T23:59:59");

        var back = scheduled.TakeCancelBack(last).Agreement;

        Assert.Null(back.Plan.Cancel);
        Assert.NotNull(PeriodAgenda.NextDue(back, A.Rules, last));
        Assert.Null(PeriodAgenda.NextDue(scheduled, A.Rules, last));
    }

    [Fact]
    public void Afterwards_it_cannot()
    {
        var scheduled = Scheduled();
        var day = A.Seoul("2026-02-15T00:00");
        var ended = scheduled.Cancel(Now).Agreement;

        Assert.Same(scheduled, scheduled.TakeCancelBack(day).Agreement);
        Assert.Same(ended, ended.TakeCancelBack(Now).Agreement);
        var running = A.Agreement();
        Assert.Same(running, running.TakeCancelBack(Now).Agreement);
    }

    [Fact]
    public void A_second_cancel_at_the_periods_end_changes_nothing()
    {
        var scheduled = Scheduled();

        Assert.Same(scheduled, scheduled.CancelAtPeriodEnd(EndedBy.Storefront, "again", Now).Agreement);
    }

    [Fact]
    public void A_cancel_at_the_periods_end_when_that_day_has_come_is_one_now()
    {
        var due = A.Planned(plan => plan with { NextPeriod = 1 });
        var day = A.Seoul("2026-02-15T00:00");

        Assert.NotNull(due.CancelAtPeriodEnd(day).Agreement.Ending);
        Assert.Null(due.CancelAtPeriodEnd(day.AddSeconds(-1)).Agreement.Ending);
    }

    private static Agreement Scheduled() =>
        A.Planned(plan => plan with { NextPeriod = 1 })
            .CancelAtPeriodEnd(EndedBy.Operator, "moved away", Now)
            .Agreement;
}
