using Billing;

namespace Unit.Tests.BillingTests;

/// <summary>Terms: <c>endDate</c>, <c>maxCharges</c>, and what happens when no period is left.</summary>
public sealed class PlansThatEndTests
{
    [Theory]
    [InlineData("2026-03-15T00:00", 2)] // ends before the period of 15 March
    [InlineData("2026-03-15T10:00", 2)] // begins at the hour at which the agreement did
    [InlineData("2026-03-14T23:59", 2)]
    [InlineData("2026-04-15T00:00", 3)]
    [InlineData("2026-04-15T23:59", 4)] // later on the day than the agreement began
    public void No_period_begins_at_the_end_or_later(string end, int count) =>
        Assert.Equal(count, Charges(A.Terms() with { EndDate = A.Seoul(end) }));

    [Theory]
    [InlineData("2026-01-15T00:00")]
    [InlineData("2026-01-15T08:59")]
    [InlineData("2026-01-15T23:30")]
    public void A_term_of_twelve_months_has_twelve_charges_at_any_hour(string start)
    {
        var from = A.Seoul(start);

        Assert.Equal(
            12,
            Charges(A.Terms() with { StartDate = from, EndDate = A.Seoul(start.Replace("2026", "2027")) })
        );
    }

    [Fact]
    public void As_many_periods_are_captured_as_were_agreed() =>
        Assert.Equal(3, Charges(A.Terms() with { MaxCharges = 3 }));

    [Fact]
    public void From_the_last_periods_payment_on_the_shop_sees_that_it_is_completed()
    {
        var paid = LastPaid();

        Assert.Equal(BillingState.Completed, BillingStates.Of(paid));
        Assert.Equal(BillingState.Current, BillingStates.Of(paid with { Plan = paid.Plan with { MaxCharges = 3 } }));
    }

    [Fact]
    public void Until_its_last_period_is_decided_it_is_not_completed()
    {
        var charging = A.Planned(plan => plan with { MaxCharges = 1 }).Claim(A.Due(0), A.Morning).Agreement;

        Assert.NotEqual(BillingState.Completed, BillingStates.Of(charging));
        Assert.Null(PlanEnd.CompletesAt(charging, A.Rules));
        Assert.Same(charging, charging.Complete(A.Rules, A.Seoul("2026-03-15T10:00")).Agreement);
    }

    [Fact]
    public void When_what_was_paid_for_is_over_it_is_revoked_at_PPRO()
    {
        var paid = LastPaid();
        var (before, over) = (A.Seoul("2026-03-14T23:59"), A.Seoul("2026-03-15T00:00"));

        Assert.Same(paid, paid.Complete(A.Rules, before).Agreement);
        Assert.Contains(new(over, new LookStep.Complete()), Agenda.Items(Confirmed(paid, before), A.Rules, before));
        var completed = paid.Complete(A.Rules, over).Agreement;
        Assert.Equal((over, EndedBy.PlanCompleted), (completed.Ending!.At, completed.Ending.By));
        Assert.Contains(new LookStep.Revoke(), completed.Steps(over));
    }

    [Fact]
    public void The_operator_may_keep_such_agreements()
    {
        var keeping = A.Rules with { AfterLastPeriod = AfterLastPeriod.Keep };
        var later = A.Seoul("2026-06-01T12:00");
        var paid = Confirmed(LastPaid(), later);

        Assert.Null(PlanEnd.CompletesAt(paid, keeping));
        Assert.DoesNotContain(Agenda.Items(paid, keeping, later), it => it.Step is LookStep.Complete);
        Assert.DoesNotContain(Agenda.Items(paid, keeping, later), it => it.Step is LookStep.Charge);
    }

    [Fact]
    public void What_is_owed_at_the_end_can_be_collected_until_its_period_is_over()
    {
        var owing = A.Planned(plan =>
            plan with
            {
                NextPeriod = 2,
                EndAt = A.Seoul("2026-03-15T00:00"),
                IsPastDue = true,
                PaidThroughOn = A.Day("2026-02-15"),
                CapturedPeriods = 1,
            }
        );

        Assert.Equal(BillingState.PastDue, BillingStates.Of(owing));
        Assert.Equal(A.Seoul("2026-03-15T00:00"), PlanEnd.CompletesAt(owing, A.Rules));
        var counted = owing with { Plan = owing.Plan with { EndAt = null, MaxCharges = 1 } };
        Assert.Equal(A.Seoul("2026-03-15T00:00"), PlanEnd.CompletesAt(counted, A.Rules));
        var endless = owing with { Plan = owing.Plan with { EndAt = null } };
        Assert.Null(PlanEnd.CompletesAt(endless, A.Rules));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_cancel_that_is_scheduled_is_no_end_of_the_plan(int next)
    {
        var cancel = new ScheduledCancel(A.Day("2026-02-15"), EndedBy.Storefront, "moving", A.Morning);
        var cancelling = A.Planned(plan => plan with { NextPeriod = next, Cancel = cancel });

        Assert.False(PlanEnd.IsReached(cancelling));
        Assert.Null(PlanEnd.CompletesAt(cancelling, A.Rules));
        Assert.Equal(BillingState.Current, BillingStates.Of(cancelling));
    }

    [Fact]
    public void Never_paid_at_all_it_is_over_with_its_term()
    {
        var unpaid = A.Planned(plan =>
            plan with
            {
                NextPeriod = 1,
                EndAt = A.Seoul("2026-02-01T00:00"),
                IsPastDue = true,
            }
        );

        Assert.Equal(A.Seoul("2026-02-01T00:00"), PlanEnd.CompletesAt(unpaid, A.Rules));
    }

    [Fact]
    public void Dunning_of_the_last_period_is_waited_for()
    {
        var dunning = new Dunning(A.Period(1), 2, A.Seoul("2026-02-16T10:00"), A.Price);
        var ending = LastPaid() with { Plan = LastPaid().Plan with { Dunning = dunning } };

        Assert.False(PlanEnd.IsReached(ending));
    }

    [Fact]
    public void Without_a_schedule_it_ends_with_its_term()
    {
        var end = A.Seoul("2026-05-01T09:00");
        var single = A.Planned(plan => plan with { Schedule = null, EndAt = end });

        Assert.Equal(end, PlanEnd.CompletesAt(single, A.Rules));
        Assert.Equal(BillingState.Unscheduled, BillingStates.Of(single));
        Assert.Same(single, single.Complete(A.Rules, end.AddSeconds(-1)).Agreement);
        Assert.Equal(EndedBy.PlanCompleted, single.Complete(A.Rules, end).Agreement.Ending!.By);
    }

    [Fact]
    public void At_the_end_or_later_nothing_is_charged()
    {
        var end = A.Seoul("2026-02-01T09:00");
        var agreement = A.Planned(plan => plan with { EndAt = end });
        var before = end.AddSeconds(-1);

        Assert.Null(agreement.WhyNoSingleCharge(A.Rules, before));
        Assert.Equal(ChargeHindrance.TermOver, agreement.WhyNoSingleCharge(A.Rules, end));
        Assert.Null(agreement.ClaimSingle(A.Price, A.Intent("s-1"), false, A.Rules, end).Claim);
        Assert.Equal(PeriodHindrance.TermOver, agreement.WhyNoAttempt(A.Period(0), [], end));
        Assert.Null(agreement.WhyNoAttempt(A.Period(0), [], before));
        Assert.Null(agreement.Claim(A.Due(0), end).Claim);
        Assert.NotNull(agreement.Claim(A.Due(0), before).Claim);
    }

    [Fact]
    public void What_never_left_is_dropped_at_the_end_and_what_is_due_is_recorded()
    {
        var end = A.Seoul("2026-01-20T09:00");
        var charging = A.Planned(plan => plan with { EndAt = end }).Claim(A.Due(0), A.Morning).Agreement;
        var unsent = charging with { Open = [charging.Open[0] with { State = AttemptState.Unsent, Sends = 0 }] };
        var waiting = A.Planned(plan => plan with { EndAt = end });

        Assert.True(unsent.WantsUnsent(unsent.Open[0], end.AddSeconds(-1)));
        Assert.False(unsent.WantsUnsent(unsent.Open[0], end));
        Assert.Contains(new LookStep.Skip(0, "ended"), waiting.Steps(end));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_plan_is_over_at_its_end_also_while_a_person_is_called_for(bool isDeclined)
    {
        var end = A.Seoul("2026-02-01T09:00");
        var dunning = new Dunning(A.Period(0), 2, A.Seoul("2026-01-16T10:00"), A.Price);
        var waiting = A.Planned(plan => plan with { EndAt = end });
        var declined = A.Planned(plan => plan with { EndAt = end, NextPeriod = 1, Dunning = dunning });
        var stopped = (isDeclined ? declined : waiting).Stopped();

        var over = GoneOn(stopped, A.Seoul("2026-01-20T12:00"), A.Seoul("2026-02-01T10:00"));

        Assert.Equal((end, EndedBy.PlanCompleted), (over.Ending?.At, over.Ending?.By));
    }

    [Fact]
    public void Periods_pass_also_while_a_person_is_called_for_and_the_current_one_is_charged_afterwards()
    {
        var (start, later) = (A.Seoul("2026-01-20T12:00"), A.Seoul("2026-04-20T12:00"));

        var passed = GoneOn(A.Agreement().Stopped(), start, later);

        Assert.Equal(3, passed.Plan.NextPeriod);
        var accepted = passed.AcceptStop(AgreementStop.OfAgreement, "two charges").Agreement;
        Assert.Equal(new LookStep.Charge(A.Due(3)), Agenda.DueStep(accepted, A.Rules, later));
    }

    [Fact]
    public void A_period_whose_hours_are_all_after_the_end_has_passed_at_the_end()
    {
        var (now, end) = (A.Seoul("2026-02-14T12:00"), A.Seoul("2026-02-15T08:30"));
        var early = A.Planned(plan =>
            plan with
            {
                NextPeriod = 1,
                StartsAt = A.Seoul("2026-01-15T08:00"),
                EndAt = end,
            }
        );

        Assert.Null(PeriodAgenda.NextDue(early, A.Rules, now));
        Assert.Equal(end, GoneOn(early, now, end).Ending?.At);
    }

    [Fact]
    public void A_retry_that_would_come_at_the_end_or_later_is_not_planned()
    {
        var dueOn = A.Seoul("2026-01-15T10:00");
        var agreement = A.Planned(plan => plan with { EndAt = A.Seoul("2026-01-17T00:00") });
        var charging = agreement.Claim(A.Due(0), dueOn).Agreement;

        var first = charging.Hear(charging.Open[0], A.Declined(), A.Rules, dueOn).Agreement;
        Assert.Equal(A.Day("2026-01-16"), BillingCalendar.DateAt(first.Plan.Dunning!.RetryAt));
        var again = first.Claim(A.Due(0, 2), first.Plan.Dunning.RetryAt).Agreement;
        var second = again.Hear(again.Open[0], A.Declined(), A.Rules, first.Plan.Dunning.RetryAt).Agreement;
        Assert.Equal((null, true), (second.Plan.Dunning, second.Plan.IsPastDue));
    }

    [Fact]
    public void Where_there_are_no_periods_nothing_is_paid_through()
    {
        var begun = A.Begun(A.Terms() with { Frequency = null, InitialCharge = new(A.Price, null) });
        var active = begun.Read(A.Says(AgreementStatus.Active), A.Morning).Agreement;

        var paid = active.Hear(active.Open[0], A.Captured(), A.Rules, A.Morning).Agreement;

        Assert.Equal((9_900, null), (paid.CapturedMinorUnits, paid.Plan.PaidThroughOn));
    }

    [Fact]
    public void The_shop_may_move_the_end_and_the_number_while_it_lives()
    {
        var (now, end) = (A.Seoul("2026-02-01T12:00"), A.Seoul("2026-12-01T00:00"));
        var changed = A.Agreement()
            .ChangeSchedule(new(null, null) { End = new(end), MaxCharges = new(5) }, now)
            .Agreement;

        Assert.Equal((end, 5), (changed.Plan.EndAt, changed.Plan.MaxCharges));
        var endless = changed
            .ChangeSchedule(new(null, null) { End = new(null), MaxCharges = new(null) }, now)
            .Agreement;
        Assert.Equal((null, null), (endless.Plan.EndAt, endless.Plan.MaxCharges));
        Assert.Equal(A.Price, changed.Plan.Price);
    }

    [Fact]
    public void A_completed_plan_that_is_made_longer_goes_on()
    {
        var now = A.Seoul("2026-02-20T12:00");
        var longer = LastPaid().ChangeSchedule(new(null, null) { MaxCharges = new(3) }, now).Agreement;

        Assert.Equal(BillingState.Current, BillingStates.Of(longer));
        Assert.Equal(A.Period(2), PeriodAgenda.NextDue(longer, A.Rules, now)!.Value.Period);
    }

    [Fact]
    public void What_cannot_be_changed_says_why()
    {
        var now = A.Seoul("2026-02-01T12:00");
        var agreement = A.Planned(plan => plan with { CapturedPeriods = 2 });
        var single = A.Planned(plan => plan with { Schedule = null });
        var ahead = A.Planned(plan => plan with { StartsAt = A.Seoul("2026-05-01T00:00") });

        Assert.Equal(PlanHindrance.EndTooEarly, Why(agreement, new(null, null) { End = new(now) }));
        Assert.Null(Why(agreement, new(null, null) { End = new(now.AddSeconds(1)) }));
        Assert.Equal(PlanHindrance.EndTooEarly, Why(ahead, new(null, null) { End = new(A.Seoul("2026-05-01T00:00")) }));
        Assert.Null(Why(ahead, new(null, null) { End = new(A.Seoul("2026-05-01T00:01")) }));
        Assert.Equal(PlanHindrance.MoreAreCaptured, Why(agreement, new(null, null) { MaxCharges = new(1) }));
        Assert.Null(Why(agreement, new(null, null) { MaxCharges = new(2) }));
        Assert.Equal(PlanHindrance.Unscheduled, Why(single, new(null, null) { MaxCharges = new(5) }));
        Assert.Equal(PlanHindrance.Unscheduled, Why(single, new(A.Price, null)));
        Assert.Equal(PlanHindrance.Unscheduled, Why(single, new(null, new(FrequencyType.Daily, 1))));
        Assert.Null(Why(single, new(null, null) { End = new(now.AddDays(1)) }));
        Assert.Equal(PlanHindrance.Ended, Why(agreement.Cancel(now).Agreement, new(A.Price, null)));

        PlanHindrance? Why(Agreement it, PlanChange change)
        {
            var why = it.WhyNoChange(change, now);
            Assert.True(why is null || ReferenceEquals(it, it.ChangeSchedule(change, now).Agreement));
            return why;
        }
    }

    /// <summary>Two periods were agreed, and both are captured: the second lasts until 15 March.</summary>
    private static Agreement LastPaid() =>
        Confirmed(
            A.Planned(plan =>
                plan with
                {
                    NextPeriod = 2,
                    MaxCharges = 2,
                    CapturedPeriods = 2,
                    PaidThroughOn = A.Day("2026-03-15"),
                }
            ),
            A.Seoul("2026-02-20T12:00")
        );

    private static Agreement Confirmed(Agreement agreement, DateTimeOffset at) =>
        agreement with
        {
            Provider = agreement.Provider with { ConfirmedAt = at },
        };

    /// <summary>Looked at only when its agenda says so, while nothing can be charged.</summary>
    private static Agreement GoneOn(Agreement agreement, DateTimeOffset now, DateTimeOffset until)
    {
        while (now <= until && agreement.Ending is null)
        {
            agreement = Agenda.DueStep(agreement, A.Rules, now) switch
            {
                LookStep.Skip skip => agreement.Skip(skip.Through, skip.Reason, now).Agreement,
                LookStep.EndDunning => agreement.EndDunning(now).Agreement,
                LookStep.Complete => agreement.Complete(A.Rules, now).Agreement,
                LookStep.Read => agreement.Read(A.Says(AgreementStatus.Active), now).Agreement,
                null => agreement,
                var other => throw new InvalidOperationException($"{other}"),
            };
            now = Agenda.NextLookAt(agreement, A.Rules, now) is { } next && next > now ? next : now;
        }

        return agreement;
    }

    /// <summary>How many periods are charged in two years, when all are captured.</summary>
    private static int Charges(AgreementTerms terms)
    {
        var agreement = A.Begun(terms).Read(A.Says(AgreementStatus.Active), A.Morning).Agreement;
        var now = terms.StartDate ?? A.Morning;
        for (var end = now.AddDays(740); now < end && agreement.Ending is null; )
        {
            switch (Agenda.DueStep(agreement, A.Rules, now))
            {
                case LookStep.Charge { Due: var due }:
                    var charging = agreement.Claim(due, now).Agreement;
                    agreement = charging
                        .Hear(charging.Open[0], A.Captured($"chr_{due.Period.Name}"), A.Rules, now)
                        .Agreement;
                    break;
                case LookStep.Complete:
                    agreement = agreement.Complete(A.Rules, now).Agreement;
                    break;
                case LookStep.Read:
                    agreement = agreement.Read(A.Says(AgreementStatus.Active), now).Agreement;
                    break;
                case null:
                    now = Agenda.NextLookAt(agreement, A.Rules, now) ?? end;
                    break;
            }
        }

        Assert.Equal(EndedBy.PlanCompleted, agreement.Ending?.By);
        return agreement.Plan.CapturedPeriods;
    }
}
