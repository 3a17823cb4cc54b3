using Billing;

namespace Unit.Tests.BillingTests;

/// <summary>On which days a declined period is tried again, walked from decline to decline.</summary>
public sealed class DunningDaysTests
{
    [Theory]
    [InlineData("2026-01-15T10:00")]
    [InlineData("2026-01-15T22:30")]
    [InlineData("2026-01-16T00:10")] // the consumer approved after midnight
    [InlineData("2026-01-30T23:59")] // or two weeks later
    public void The_very_first_period_is_tried_again_1_3_5_and_7_days_after_its_first_try(string first)
    {
        var tried = A.Seoul(first);

        Assert.Equal([1, 3, 5, 7], RetryDays(Charging(tried), tried, BillingCalendar.DateAt(tried)));
    }

    [Fact]
    public void So_is_a_declined_initial_charge()
    {
        var activated = A.Morning.AddMinutes(20);
        var active = A.WithInitialCharge().Read(A.Says(AgreementStatus.Active), activated).Agreement;

        Assert.Equal([1, 3, 5, 7], RetryDays(active, activated.AddMinutes(3), A.Anchor));
    }

    [Fact]
    public void A_later_period_is_tried_again_on_the_same_days_after_its_start_however_late_its_first_try()
    {
        var late = A.Seoul("2026-02-17T20:00");
        var charging = A.Planned(plan => plan with { NextPeriod = 1 }).Claim(A.Due(1), late).Agreement;

        Assert.Equal([3, 5, 7], RetryDays(charging, late, A.Day("2026-02-15")));
    }

    [Fact]
    public void A_retry_that_is_late_takes_the_next_days_place_when_it_leaves_on_that_day()
    {
        var declined = Decline(Charging(A.Morning), A.Morning);
        var late = A.Seoul("2026-01-18T09:01");
        Assert.True(late < ChargingWindow.OpeningOn(A.Day("2026-01-18"), A.Id, A.Rules));

        var again = Decline(declined.Claim(A.Due(0, 2), late).Agreement, late.AddSeconds(1));

        Assert.Equal([5, 7], RetryDays(again, A.Anchor));
    }

    [Fact]
    public void Attempts_by_hand_use_up_none_of_the_days()
    {
        var tried = A.Morning;
        var declined = Decline(Charging(tried), tried);
        var byHand = tried.AddHours(2);

        var after = Decline(
            declined.Claim(new(A.Period(0), 2, A.Price) { IsByHand = true }, byHand).Agreement,
            byHand.AddMinutes(1)
        );

        Assert.Equal(A.Day("2026-01-16"), BillingCalendar.DateAt(after.Plan.Dunning!.RetryAt));
        Assert.Equal(3, after.Plan.Dunning.NextAttempt);
        Assert.Equal([1, 3, 5, 7], RetryDays(after, A.Anchor));
    }

    [Fact]
    public void All_attempts_of_a_period_together_are_bounded()
    {
        var declined = Decline(Charging(A.Morning), A.Morning);
        foreach (var number in Enumerable.Range(2, BillingRules.MaxAttempts - 1))
        {
            var now = A.Morning.AddMinutes(number);
            declined = Decline(
                declined.Claim(new(A.Period(0), number, A.Price) { IsByHand = true }, now).Agreement,
                now
            );
            var isLast = number == BillingRules.MaxAttempts;
            Assert.Equal((isLast, isLast), (declined.Plan.Dunning is null, declined.Plan.IsPastDue));
        }
    }

    [Fact]
    public void Too_early_for_PPRO_the_agreement_is_read_and_the_period_tried_again_by_the_plan()
    {
        var tooEarly = Decline(Charging(A.Morning), A.Morning, "AGREEMENT_INACTIVE");

        Assert.Equal(A.Morning, tooEarly.Provider.RecheckAt);
        Assert.Equal(new LookStep.Read(), Agenda.DueStep(tooEarly, A.Rules, A.Morning));
        var read = tooEarly.Read(A.Says(AgreementStatus.Active), A.Morning.AddSeconds(1)).Agreement;
        Assert.Equal(A.Day("2026-01-16"), BillingCalendar.DateAt(read.Plan.Dunning!.RetryAt));
        Assert.False(read.Plan.IsPastDue);
        var over = tooEarly.Read(A.Says(AgreementStatus.RevokedByProvider), A.Morning.AddSeconds(1)).Agreement;
        Assert.Null(Agenda.DueStep(over, A.Rules, A.Morning.AddDays(2)));
    }

    [Theory]
    [InlineData("AGREEMENT_INACTIVE", null, DeclineKind.TooEarly)]
    [InlineData("AGREEMENT_INACTIVE", true, DeclineKind.TooEarly)]
    [InlineData("AGREEMENT_INACTIVE", false, DeclineKind.Agreement)] // PPRO's word wins
    [InlineData("AGREEMENT_REVOKED", true, DeclineKind.Agreement)]
    public void What_an_agreements_codes_mean(string code, bool? isRetryable, DeclineKind kind) =>
        Assert.Equal(kind, FailureTable.KindOf(new("T", code, null, isRetryable)));

    [Fact]
    public void The_code_of_an_event_stays_when_the_read_has_none()
    {
        var happened = A.ChargeEvent(PproEventKind.ChargeAuthorizationFailed) with
        {
            Failure = new("ISSUER", "INSUFFICIENT_FUNDS", "said by the event", null),
        };
        var heard = Charging(A.Morning).Apply(happened, Charging(A.Morning).Open[0], A.Morning).Agreement;

        var reading = A.Declined() with { Failure = new(null, null, "said by the read", IsRetryable: null) };
        var read = heard.Hear(heard.Open[0], reading, A.Rules, A.Morning);

        Assert.Equal(new("ISSUER", "INSUFFICIENT_FUNDS", "said by the read", null), read.Moved().Failure);
        Assert.NotNull(read.Agreement.Plan.Dunning);
        var silent = heard.Hear(heard.Open[0], reading with { Failure = null }, A.Rules, A.Morning);
        Assert.Equal("said by the event", silent.Moved().Failure!.Message);
    }

    [Fact]
    public void A_charge_that_failed_and_is_captured_after_all_is_not_tried_again_once_a_person_has_looked()
    {
        var declined = Decline(Charging(A.Morning), A.Morning);
        var closed = Charging(A.Morning).Open[0] with { State = AttemptState.Declined, ProviderId = "chr_1" };
        Assert.NotNull(declined.Plan.Dunning);

        var captured = declined.Hear(closed, A.Captured(), A.Rules, A.Morning.AddHours(1)).Agreement;
        var stop = Assert.Single(captured.Stops);
        var accepted = captured.AcceptStop(stop.Subject, stop.Reason).Agreement;

        Assert.Equal("captured after it had been closed", stop.Reason);
        Assert.Null(accepted.Plan.Dunning);
        Assert.DoesNotContain(Agenda.Items(accepted, A.Rules, A.Seoul("2026-01-16T12:00")), IsRetry);
        Assert.Equal(
            A.Period(1),
            Agenda
                .Items(accepted, A.Rules, A.Seoul("2026-01-16T12:00"))
                .Select(it => it.Step)
                .OfType<LookStep.Charge>()
                .Single()
                .Due.Period
        );
    }

    [Fact]
    public void A_twin_that_was_captured_calls_the_planned_retry_off()
    {
        var declined = Decline(Charging(A.Morning), A.Morning);
        var closed = Charging(A.Morning).Open[0] with { State = AttemptState.Declined, ProviderId = "chr_1" };
        var happened = A.Event(PproEventKind.ChargeCaptureSucceeded) with { ChargeProviderId = "chr_2" };

        var heard = declined.Apply(happened, closed, A.Morning.AddHours(1)).Agreement;

        Assert.Equal((null, false, 1), (heard.Plan.Dunning, heard.Plan.IsPastDue, heard.Plan.CapturedPeriods));
        Assert.NotNull(heard.WhyStopped());
    }

    [Fact]
    public void A_twin_of_an_earlier_period_leaves_the_retry_of_this_one()
    {
        var dunning = new Dunning(A.Period(1), 2, A.Seoul("2026-02-16T10:00"), A.Price);
        var agreement = A.Planned(plan => plan with { NextPeriod = 2, Dunning = dunning });
        var closed = A.Charging().Open[0] with { State = AttemptState.Declined, ProviderId = "chr_1" };
        var happened = A.Event(PproEventKind.ChargeCaptureSucceeded) with { ChargeProviderId = "chr_2" };

        Assert.Equal(dunning, agreement.Apply(happened, closed, A.Morning.AddDays(31)).Agreement.Plan.Dunning);
    }

    private static bool IsRetry(AgendaItem item) => item.Step is LookStep.Charge { Due.Attempt: > 1 };

    private static Agreement Charging(DateTimeOffset tried) => A.Agreement().Claim(A.Due(0), tried).Agreement;

    private static Agreement Decline(Agreement agreement, DateTimeOffset now, string code = "INSUFFICIENT_FUNDS") =>
        agreement.Hear(agreement.Open[0], A.Declined(code), A.Rules, now).Agreement;

    private static List<int> RetryDays(Agreement charging, DateTimeOffset now, DateOnly from) =>
        RetryDays(Decline(charging, now), from);

    private static List<int> RetryDays(Agreement agreement, DateOnly from)
    {
        List<int> days = [];
        while (agreement.Plan.Dunning is { } dunning)
        {
            days.Add(BillingCalendar.DateAt(dunning.RetryAt).DayNumber - from.DayNumber);
            var retried = agreement.Claim(new(dunning.Period, dunning.NextAttempt, dunning.Amount), dunning.RetryAt);
            agreement = Decline(retried.Agreement, dunning.RetryAt.AddMinutes(1));
        }

        Assert.True(agreement.Plan.IsPastDue);
        return days;
    }
}
