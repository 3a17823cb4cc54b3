using Billing;

namespace Unit.Tests.BillingTests;

/// <summary>Pause, resume, cancel and change of an agreement whose period 0 was charged on 15 January.</summary>
public sealed class LifecycleTests
{
    private static readonly DateTimeOffset Now = A.Seoul("2026-01-20T12:00");

    [Fact]
    public void A_cancelled_agreement_has_nothing_to_charge_and_asks_PPRO_until_it_has_ended()
    {
        var cancelled = Running().Cancel(Now).Agreement;

        Assert.False(cancelled.MayCharge);
        Assert.IsType<LookStep.Revoke>(Assert.Single(Agenda.Items(cancelled, A.Rules, Now)).Step);
        Assert.Same(cancelled, cancelled.Cancel(Now).Agreement);
    }

    [Fact]
    public void Cancelled_at_period_end_it_is_charged_no_more_and_cancelled_on_that_day()
    {
        var ending = Running().CancelAtPeriodEnd(Now).Agreement;

        Assert.Equal(A.Day("2026-02-15"), ending.Plan.Cancel?.On);
        Assert.Null(PeriodAgenda.NextDue(ending, A.Rules, A.Seoul("2026-02-15T12:00")));
        Assert.IsType<LookStep.Cancel>(Agenda.DueStep(ending, A.Rules, A.Seoul("2026-02-15T00:00")));
        Assert.IsNotType<LookStep.Cancel>(Agenda.DueStep(ending, A.Rules, A.Seoul("2026-02-14T23:59")));
    }

    [Fact]
    public void Cancelled_at_period_end_without_a_schedule_it_is_cancelled_now()
    {
        var single = Running() with { Plan = new() };

        Assert.NotNull(single.CancelAtPeriodEnd(Now).Agreement.Ending);
    }

    [Fact]
    public void A_period_that_becomes_due_while_paused_is_skipped_with_that_reason()
    {
        var paused = Running().Pause(Now).Agreement;
        var due = ChargingWindow.OpeningOn(A.Day("2026-02-15"), A.Id, A.Rules);

        Assert.DoesNotContain(Agenda.Items(paused, A.Rules, Now), it => it.Step is LookStep.Charge);
        Assert.Equal(new LookStep.Skip(1, "paused"), Agenda.DueStep(paused, A.Rules, due));
        Assert.Null(Agenda.DueStep(paused, A.Rules, due.AddMinutes(-1)));
    }

    [Fact]
    public void Resumed_before_the_due_time_the_period_is_charged_and_the_anchor_stays()
    {
        var resumed = Running().Pause(Now).Agreement.Resume(A.Rules, A.Seoul("2026-02-01T12:00")).Agreement;
        var due = ChargingWindow.OpeningOn(A.Day("2026-02-15"), A.Id, A.Rules);

        var charge = Assert.IsType<LookStep.Charge>(Agenda.DueStep(resumed, A.Rules, due));
        Assert.Equal(A.Period(1), charge.Due.Period);
    }

    [Fact]
    public void Resumed_after_the_due_time_what_became_due_is_skipped_and_the_next_start_is_waited_for()
    {
        var change = Running().Pause(Now).Agreement.Resume(A.Rules, A.Seoul("2026-03-20T12:00"));

        var skipped = Assert.IsType<Fact.PeriodsSkipped>(Assert.Single(change.Facts));
        Assert.Equal(
            (A.Day("2026-02-15"), A.Day("2026-03-15"), "paused"),
            (skipped.From, skipped.Through, skipped.Reason)
        );
        Assert.Equal(3, change.Agreement.Plan.NextPeriod);
        Assert.Null(change.Agreement.Plan.PausedAt);
    }

    [Fact]
    public void Resumed_after_the_end_only_what_was_to_start_before_it_is_skipped()
    {
        var running = Running();
        var ending = running with { Plan = running.Plan with { EndAt = A.Seoul("2026-02-20T00:00") } };

        var change = ending.Pause(Now).Agreement.Resume(A.Rules, A.Seoul("2026-04-20T12:00"));

        var skipped = Assert.IsType<Fact.PeriodsSkipped>(Assert.Single(change.Facts));
        Assert.Equal((A.Day("2026-02-15"), A.Day("2026-02-15")), (skipped.From, skipped.Through));
    }

    [Fact]
    public void Dunning_waits_while_paused_and_goes_on_when_its_period_is_still_current()
    {
        var retryAt = A.Seoul("2026-01-21T10:00");
        var running = Running();
        var dunning = running with { Plan = running.Plan with { Dunning = new(A.Period(0), 2, retryAt, A.Price) } };

        var paused = dunning.Pause(Now).Agreement;
        var resumed = paused.Resume(A.Rules, A.Seoul("2026-01-25T12:00")).Agreement;

        Assert.Null(Agenda.DueStep(paused, A.Rules, retryAt));
        var charge = Assert.IsType<LookStep.Charge>(Agenda.DueStep(resumed, A.Rules, A.Seoul("2026-01-25T12:00")));
        Assert.Equal((A.Period(0), 2), (charge.Due.Period, charge.Due.Attempt));
    }

    [Fact]
    public void A_new_price_is_what_the_next_period_costs_and_a_running_dunning_keeps_the_old_one()
    {
        var running = Running();
        var dunning = running with { Plan = running.Plan with { Dunning = new(A.Period(0), 2, Now, A.Price) } };

        var changed = dunning.Reprice(new Money(12_000, "KRW"), Now).Agreement;

        var amounts = Agenda
            .Items(changed, A.Rules, Now)
            .Select(it => it.Step)
            .OfType<LookStep.Charge>()
            .Select(it => it.Due.Amount.MinorUnits);
        Assert.Equal([9_900, 12_000], amounts);
    }

    [Fact]
    public void A_new_frequency_counts_from_the_next_period_start_and_is_due_in_that_days_window()
    {
        var changed = Running().Reschedule(new Frequency(FrequencyType.Weekly, 2), Now).Agreement;

        Assert.Equal(new BillingSchedule(A.Day("2026-02-15"), new(FrequencyType.Weekly, 2)), changed.Plan.Schedule);
        var (period, at) = PeriodAgenda.NextDue(changed, A.Rules, Now)!.Value;
        Assert.Equal((A.Day("2026-02-15"), A.Day("2026-03-01")), (period.Start, period.End));
        Assert.Equal(ChargingWindow.OpeningOn(A.Day("2026-02-15"), A.Id, A.Rules), at);
    }

    [Fact]
    public void A_retry_of_the_old_frequencys_period_does_not_move_the_new_schedule()
    {
        var running = Running();
        var dunning = running with
        {
            Plan = running.Plan with { NextPeriod = 6, Dunning = new(A.Period(5), 2, Now, A.Price) },
        };
        var changed = dunning.Reschedule(new Frequency(FrequencyType.Daily, 1), Now).Agreement;

        var retried = changed
            .ClaimPeriod(
                new(A.Period(5), 2, A.Price),
                new ChargeIntent("20260615-2", "r", "k", default),
                A.Seoul("2026-06-17T12:00")
            )
            .Agreement;

        Assert.Equal(0, retried.Plan.NextPeriod);
    }

    [Fact]
    public void What_finds_nothing_to_do_returns_the_very_same_agreement()
    {
        var ended = Running().Cancel(Now).Agreement;

        Assert.Same(ended, ended.Pause(Now).Agreement);
        Assert.Same(ended, ended.Resume(A.Rules, Now).Agreement);
        Assert.Same(ended, ended.Reprice(new Money(100, "KRW"), Now).Agreement);
        Assert.Same(ended, ended.CancelAtPeriodEnd(Now).Agreement);
        var running = Running();
        Assert.Same(running, running.Resume(A.Rules, Now).Agreement);
        Assert.Same(running, running.Reprice(A.Price, Now).Agreement);
    }

    private static Agreement Running() => A.Planned(plan => plan with { NextPeriod = 1 });
}
