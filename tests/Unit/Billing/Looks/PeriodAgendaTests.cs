using Billing;

namespace Unit.Tests.BillingTests;

public sealed class PeriodAgendaTests
{
    private static readonly TimeSpan Spread =
        ChargingWindow.OpeningOn(A.Anchor, A.Id, A.Rules) - A.Seoul("2026-01-15T09:00");

    private static readonly Agreement FirstPaid = A.Planned(plan => plan with { NextPeriod = 1, CapturedPeriods = 1 });

    [Fact]
    public void A_later_period_is_due_at_the_opening_plus_the_agreements_spread() =>
        Assert.Equal(A.Seoul("2026-02-15T09:00") + Spread, DueAt(FirstPaid, A.Morning));

    [Theory]
    [InlineData("2026-02-15T20:59", "2026-02-15T20:59", 0)]
    [InlineData("2026-02-15T21:00", "2026-02-16T09:00", 1)]
    [InlineData("2026-02-16T03:00", "2026-02-16T09:00", 1)]
    [InlineData("2026-03-01T13:00", "2026-03-01T13:00", 0)]
    public void A_late_period_leaves_only_inside_the_window(string now, string due, int spreads) =>
        Assert.Equal(A.Seoul(due) + (spreads * Spread), DueAt(FirstPaid, A.Seoul(now)));

    [Fact]
    public void A_period_is_not_due_before_the_agreements_own_moment() =>
        Assert.Empty(Due(FirstPaid, A.Seoul("2026-02-15T09:00") + Spread - TimeSpan.FromSeconds(1)));

    [Fact]
    public void Period_0_is_due_at_activation_window_or_not()
    {
        var night = A.Seoul("2026-01-15T23:30");
        var activated = A.Agreement() with { Provider = A.Agreement().Provider with { ActivatedAt = night } };

        Assert.Equal(night, DueAt(activated, night));
    }

    [Fact]
    public void Period_0_is_due_at_the_start_when_that_is_later()
    {
        var start = A.Seoul("2026-01-20T03:00");
        var plan = A.Planned(it => it with { StartsAt = start, Schedule = A.Monthly("2026-01-20") });

        Assert.Equal(start, DueAt(plan, A.Morning));
    }

    [Fact]
    public void Missed_periods_are_skipped_as_one_range()
    {
        var now = A.Seoul("2026-05-20T12:00");

        Assert.Equal(new LookStep.Skip(3, "missed"), Agenda.DueStep(Confirmed(A.Agreement(), now), A.Rules, now));
    }

    [Fact]
    public void After_the_missed_ones_only_the_current_period_is_charged()
    {
        var now = A.Seoul("2026-05-20T12:00");
        var skipped = Confirmed(A.Agreement(), now).Skip(3, "missed", now).Agreement;

        Assert.Equal([4], Due(skipped, now).Select(charge => charge.Due.Period.Number));
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(3, 0)]
    public void With_catch_up_the_newest_missed_periods_are_charged_too(int catchUp, int skippedThrough)
    {
        var now = A.Seoul("2026-05-20T12:00");
        var late = Confirmed(A.Planned(plan => plan with { CatchUp = catchUp }), now);

        Assert.Equal(new LookStep.Skip(skippedThrough, "missed"), Agenda.DueStep(late, A.Rules, now));
        var next = late.Skip(skippedThrough, "missed", now).Agreement;
        for (var number = skippedThrough + 1; number <= 4; number++)
        {
            Assert.Equal([number], Due(next, now).Select(charge => charge.Due.Period.Number));
            next = next.Claim(A.Due(number), now).Agreement;
        }

        Assert.Empty(Due(next, now));
    }

    [Fact]
    public void Catch_up_that_reaches_further_than_what_was_missed_skips_nothing()
    {
        var now = A.Seoul("2026-05-20T12:00");
        var late = Confirmed(A.Planned(plan => plan with { CatchUp = 12 }), now);

        Assert.Equal([0], Due(late, now).Select(charge => charge.Due.Period.Number));
    }

    [Fact]
    public void A_missed_period_is_not_charged_beside_the_skip() =>
        Assert.Empty(Due(Confirmed(A.Agreement(), A.Seoul("2026-05-20T12:00")), A.Seoul("2026-05-20T12:00")));

    [Theory]
    [InlineData("2026-02-15T00:00", 0)]
    [InlineData("2026-02-15T10:00", 0)] // the period begins at the hour at which the agreement did
    [InlineData("2026-02-16T00:00", 1)]
    public void No_period_begins_at_the_end_or_later(string end, int count)
    {
        var now = A.Seoul("2026-02-15T12:00");
        var ending = FirstPaid with { Plan = FirstPaid.Plan with { EndAt = A.Seoul(end) } };

        Assert.Equal(count, Due(ending, now).Length);
    }

    [Fact]
    public void Periods_after_the_end_date_are_not_even_skipped()
    {
        var now = A.Seoul("2026-08-20T12:00");
        var ended = A.Planned(plan => plan with { EndAt = A.Seoul("2026-03-20T00:00") });

        Assert.Equal(new LookStep.Skip(2, "ended"), Agenda.DueStep(Confirmed(ended, now), A.Rules, now));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(null, 1)]
    public void No_more_periods_are_charged_than_the_maximum(int? max, int count) =>
        Assert.Equal(count, Due(FirstPaid with { Plan = FirstPaid.Plan with { MaxCharges = max } }).Length);

    [Fact]
    public void A_period_waits_while_one_in_doubt_may_still_fill_the_maximum()
    {
        var charging = A.Charging();

        Assert.Empty(Due(charging with { Plan = charging.Plan with { MaxCharges = 1 } }));
    }

    [Fact]
    public void A_single_charge_in_doubt_does_not_count_towards_the_maximum()
    {
        var single = A.Charging().Open[0] with { Key = "s-1", Period = null };
        var charging = FirstPaid with { Open = [single], Plan = FirstPaid.Plan with { MaxCharges = 2 } };

        Assert.Single(Due(charging));
    }

    [Fact]
    public void Doubt_about_one_period_does_not_block_the_next()
    {
        var now = A.Seoul("2026-02-15T12:00");

        Assert.Equal(A.Period(1), Due(A.Charging(), now).Single().Due.Period);
    }

    [Fact]
    public void Without_a_schedule_nothing_is_charged_by_itself() =>
        Assert.Empty(Due(A.Planned(plan => plan with { Schedule = null })));

    [Fact]
    public void A_clock_that_moves_backwards_makes_nothing_due()
    {
        var charging = A.Charging();

        Assert.All(
            Enumerable.Range(1, 100),
            days => Assert.Null(Agenda.DueStep(charging, A.Rules, A.Morning.AddDays(-days)))
        );
    }

    private static DateTimeOffset DueAt(Agreement agreement, DateTimeOffset now) =>
        PeriodAgenda.NextDue(agreement, A.Rules, now)!.Value.At;

    private static LookStep.Charge[] Due(Agreement agreement) => Due(agreement, A.Seoul("2026-02-15T12:00"));

    private static LookStep.Charge[] Due(Agreement agreement, DateTimeOffset now) =>
        [
            .. PeriodAgenda
                .Items(agreement, A.Rules, now)
                .Where(it => it.At <= now)
                .Select(it => it.Step)
                .OfType<LookStep.Charge>(),
        ];

    private static Agreement Confirmed(Agreement agreement, DateTimeOffset now) =>
        agreement with
        {
            Provider = agreement.Provider with { ConfirmedAt = now },
        };
}
