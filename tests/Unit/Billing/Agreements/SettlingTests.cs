using Billing;

namespace Unit.Tests.BillingTests;

public sealed class SettlingTests
{
    private static readonly Claim First = A.ClaimOf(A.Charging().Open[0]);
    private static readonly DateTimeOffset Later = A.Morning.AddSeconds(2);

    public static TheoryData<string, Answer<ChargeReading>, int, AttemptState> Table() =>
        new()
        {
            { "captured", A.Said(A.Captured()), 1, AttemptState.Captured },
            { "captured, a resend", A.Said(A.Captured()), 2, AttemptState.Captured },
            { "declined", A.Said(A.Declined()), 1, AttemptState.Declined },
            { "declined, a resend", A.Said(A.Declined()), 2, AttemptState.Declined },
            { "pending", A.Said(A.Pending()), 1, AttemptState.Pending },
            { "refused", A.Refused(RefusalKind.Request), 1, AttemptState.NotExecuted },
            { "not found", A.Refused(RefusalKind.NotFound), 1, AttemptState.NotExecuted },
            { "credentials", A.Refused(RefusalKind.Credentials), 1, AttemptState.Unsent },
            { "route", A.Refused(RefusalKind.Route), 1, AttemptState.Unsent },
            { "too many", A.Refused(RefusalKind.RateLimited), 1, AttemptState.Unsent },
            { "refused, a resend", A.Refused(RefusalKind.Request), 2, AttemptState.InDoubt },
            { "not found, a resend", A.Refused(RefusalKind.NotFound), 2, AttemptState.InDoubt },
            { "credentials, a resend", A.Refused(RefusalKind.Credentials), 2, AttemptState.InDoubt },
            { "route, a resend", A.Refused(RefusalKind.Route), 2, AttemptState.InDoubt },
            { "too many, a resend", A.Refused(RefusalKind.RateLimited), 2, AttemptState.InDoubt },
            { "silence", A.InDoubt(), 1, AttemptState.InDoubt },
            { "silence, a resend", A.InDoubt(), 2, AttemptState.InDoubt },
        };

    [Theory]
    [MemberData(nameof(Table))]
    public void What_an_answer_proves(string answered, Answer<ChargeReading> answer, int sends, AttemptState state)
    {
        var attempt = A.Charging().Open[0] with { Sends = sends };
        var moved = A.Open(attempt).Settle(attempt, answer, A.ClaimOf(attempt, sends), A.Rules, Later).Moved();

        Assert.True(moved.State == state, $"{answered}: {moved.State}");
    }

    [Theory]
    [InlineData(RefusalKind.Request)]
    [InlineData(RefusalKind.Credentials)]
    [InlineData(RefusalKind.RateLimited)]
    public void A_refusal_of_the_first_send_proves_nothing_once_a_second_was_claimed(RefusalKind kind)
    {
        var attempt = A.Charging().Open[0] with { Sends = 2 };
        var moved = A.Open(attempt).Settle(attempt, A.Refused(kind), A.ClaimOf(attempt, 1), A.Rules, Later).Moved();

        Assert.Equal(AttemptState.InDoubt, moved.State);
    }

    [Theory]
    [InlineData(RefusalKind.Request)]
    [InlineData(RefusalKind.Credentials)]
    public void A_refusal_that_is_recorded_late_proves_nothing_of_a_newer_first_send(RefusalKind kind)
    {
        var refused = A.Charging()
            .Settle(A.Charging().Open[0], A.Refused(RefusalKind.Credentials), First, A.Rules, Later);
        var again = refused.Agreement.Reclaim(First.Key, Later.AddMinutes(20)).Agreement;

        var moved = again.Settle(again.Open[0], A.Refused(kind), First, A.Rules, Later.AddMinutes(21)).Moved();

        Assert.Equal((1, AttemptState.InDoubt), (moved.Sends, moved.State));
    }

    [Fact]
    public void An_only_send_that_its_claimant_did_not_send_is_unsent()
    {
        var moved = A.Charging().NotSent(First, "charging is stopped", Later).Moved();

        Assert.Equal((AttemptState.Unsent, 0), (moved.State, moved.Sends));
    }

    [Fact]
    public void A_resend_that_its_claimant_did_not_send_leaves_the_attempt_in_doubt()
    {
        var attempt = A.Charging().Open[0] with { Sends = 2 };

        Assert.Same(
            A.Open(attempt).Open[0],
            A.Open(attempt).NotSent(A.ClaimOf(attempt, 2), "late", Later).Agreement.Open[0]
        );
    }

    [Fact]
    public void A_refusal_proves_nothing_once_PPRO_is_known_to_have_the_charge()
    {
        var attempt = A.Charging().Open[0] with { ProviderId = "chr_1" };
        var change = A.Open(attempt)
            .Settle(attempt, A.Refused(RefusalKind.Request), A.ClaimOf(attempt, 1), A.Rules, Later);

        Assert.Equal(AttemptState.InDoubt, change.Moved().State);
    }

    [Theory]
    [InlineData(RefusalKind.RateLimited, 1)]
    [InlineData(RefusalKind.Credentials, 15)]
    [InlineData(RefusalKind.Route, 15)]
    public void An_unsent_attempt_starts_anew_after_a_while(RefusalKind kind, int minutes)
    {
        var moved = Settle(A.Refused(kind)).Moved();

        Assert.Equal((0, Later.AddMinutes(minutes)), (moved.Sends, moved.RecheckAt));
    }

    [Fact]
    public void An_unsent_attempt_still_holds_its_period() =>
        Assert.Null(Settle(A.Refused(RefusalKind.RateLimited)).Agreement.Claim(A.Due(0, 2), Later).Claim);

    [Theory]
    [InlineData(RefusalKind.Request)]
    [InlineData(RefusalKind.NotFound)]
    public void A_refused_request_calls_for_a_person_and_its_period_is_tried_again_once_one_has_come(RefusalKind kind)
    {
        var refused = Settle(A.Refused(kind)).Agreement;

        Assert.Equal("20260115-1: PPRO refused the request: HTTP 400", refused.WhyStopped());
        Assert.Equal((false, true), (refused.MayCharge, refused.Open.IsEmpty));
        Assert.Equal(new Dunning(A.Period(0), 2, Later, A.Price), refused.Plan.Dunning);
        var accepted = refused.AcceptStop("20260115-1", "PPRO refused the request: HTTP 400").Agreement;
        var charge = Assert.IsType<LookStep.Charge>(Agenda.DueStep(accepted, A.Rules, Later));
        Assert.Equal((A.Period(0), 2), (charge.Due.Period, charge.Due.Attempt));
    }

    [Fact]
    public void A_final_answer_closes_the_attempt() =>
        Assert.All(
            [A.Said(A.Captured()), A.Said(A.Declined()), A.Refused(RefusalKind.Request)],
            answer => Assert.Empty(Settle(answer).Agreement.Open)
        );

    [Fact]
    public void A_capture_pays_the_period()
    {
        var agreement = Settle(A.Said(A.Captured())).Agreement;

        Assert.Equal((9_900L, 1), (agreement.CapturedMinorUnits, agreement.Plan.CapturedPeriods));
        Assert.Equal(A.Period(0).End, agreement.Plan.PaidThroughOn);
    }

    [Fact]
    public void A_capture_ends_being_past_due()
    {
        var charging = A.Charging();
        var pastDue = charging with { Plan = charging.Plan with { IsPastDue = true } };

        Assert.False(Settle(pastDue, A.Said(A.Captured())).Agreement.Plan.IsPastDue);
    }

    [Fact]
    public void A_late_capture_of_an_older_period_leaves_the_newer_ones_dunning()
    {
        var charging = A.Charging();
        var dunning = new Dunning(A.Period(1), 2, Later, A.Price);
        var agreement = charging with { Plan = charging.Plan with { Dunning = dunning } };

        Assert.Same(dunning, Settle(agreement, A.Said(A.Captured())).Agreement.Plan.Dunning);
    }

    [Fact]
    public void A_captured_single_charge_pays_no_period()
    {
        var single = A.Charging().Open[0] with { Period = null };
        var agreement = A.Open(single)
            .Settle(single, A.Said(A.Captured()), A.ClaimOf(single, 1), A.Rules, Later)
            .Agreement;

        Assert.Equal((9_900L, 0), (agreement.CapturedMinorUnits, agreement.Plan.CapturedPeriods));
    }

    [Fact]
    public void A_capture_confirms_the_agreement() =>
        Assert.Equal(Later, Settle(A.Said(A.Captured())).Agreement.Provider.ConfirmedAt);

    [Theory]
    [MemberData(nameof(LateWords))]
    public void A_capture_is_never_undone(Answer<ChargeReading> late)
    {
        var captured = Settle(A.Said(A.Captured()));

        var again = captured.Agreement.Settle(captured.Moved(), late, A.ClaimOf(captured.Moved(), 1), A.Rules, Later);

        Assert.Same(captured.Agreement, again.Agreement);
        Assert.Empty(again.Facts);
    }

    [Fact]
    public void A_decline_is_not_undone_by_a_late_pending()
    {
        var declined = Settle(A.Said(A.Declined()));

        Assert.Same(
            declined.Agreement,
            declined
                .Agreement.Settle(declined.Moved(), A.Said(A.Pending()), A.ClaimOf(declined.Moved(), 1), A.Rules, Later)
                .Agreement
        );
    }

    [Theory]
    [InlineData(AttemptState.Declined)]
    [InlineData(AttemptState.NotExecuted)]
    [InlineData(AttemptState.NeverHappened)]
    public void A_capture_after_the_attempt_was_closed_counts_and_calls_for_a_person(AttemptState state)
    {
        var closed = A.Charging().Open[0] with { State = state };
        var agreement = A.Agreement().Hear(closed, A.Captured(), A.Rules, Later).Agreement;

        Assert.Equal(9_900, agreement.CapturedMinorUnits);
        Assert.NotNull(agreement.WhyStopped());
        Assert.False(agreement.MayCharge);
    }

    [Fact]
    public void An_ordinary_capture_calls_for_nobody() =>
        Assert.Null(Settle(A.Said(A.Captured())).Agreement.WhyStopped());

    [Theory]
    [InlineData("AGREEMENT_REVOKED", true)]
    [InlineData("AGREEMENT_INACTIVE", true)]
    [InlineData("INSUFFICIENT_FUNDS", false)]
    public void A_decline_because_of_the_agreement_has_it_read(string code, bool isRead) =>
        Assert.Equal(isRead, Settle(A.Said(A.Declined(code))).Agreement.Provider.RecheckAt == Later);

    [Fact]
    public void Another_charges_decline_changes_nothing()
    {
        var attempt = A.Charging().Open[0] with { ProviderId = "chr_1" };
        var agreement = A.Open(attempt);
        var declined = A.Captured("chr_2") with { Status = ChargeStatus.NotCaptured, StatusWord = "FAILED" };

        var heard = agreement.Hear(attempt, declined, A.Rules, Later).Agreement;
        Assert.Equal(
            (AttemptState.InDoubt, "chr_1", null),
            (heard.Open[0].State, heard.Open[0].ProviderId, heard.WhyStopped())
        );
    }

    public static TheoryData<Answer<ChargeReading>> LateWords() =>
        [A.Said(A.Captured()), A.Said(A.Pending()), A.Said(A.Declined()), A.Refused(RefusalKind.Request), A.InDoubt()];

    private static Change Settle(Answer<ChargeReading> answer) => Settle(A.Charging(), answer);

    private static Change Settle(Agreement agreement, Answer<ChargeReading> answer) =>
        agreement.Settle(agreement.Open[0], answer, A.ClaimOf(agreement.Open[0], 1), A.Rules, Later);
}
