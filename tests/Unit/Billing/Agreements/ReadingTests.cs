using Billing;

namespace Unit.Tests.BillingTests;

public sealed class ReadingTests
{
    private static readonly DateTimeOffset Later = A.Morning.AddMinutes(20);

    [Fact]
    public void A_read_that_was_held_up_tells_of_the_moment_at_which_it_was_asked()
    {
        var (asked, written) = (A.Morning.AddHours(1), A.Morning.AddHours(6));

        var read = A.Agreement().Read(A.Says(AgreementStatus.Active), asked, written).Agreement;

        Assert.Equal((asked, written), (read.Provider.ConfirmedAt, read.Provider.ReadTriedAt));
    }

    [Fact]
    public void ACTIVE_starts_the_doubt_of_the_initial_charge()
    {
        var attempt = Read(A.WithInitialCharge(), AgreementStatus.Active).Moved();

        Assert.Equal((AttemptState.InDoubt, 1), (attempt.State, attempt.Sends));
        Assert.Equal((Later, Later), (attempt.FirstSentAt, attempt.LastClaimedAt));
    }

    [Fact]
    public void FAILED_closes_the_initial_charge()
    {
        var change = Read(A.WithInitialCharge(), AgreementStatus.Failed);

        Assert.Empty(change.Agreement.Open);
        Assert.Equal(AttemptState.NotExecuted, change.Moved().State);
    }

    [Theory]
    [InlineData(AgreementStatus.RevokedByConsumer)]
    [InlineData(AgreementStatus.RevokedByMerchant)]
    [InlineData(AgreementStatus.RevokedByProvider)]
    public void REVOKED_as_the_first_word_leaves_the_initial_charge_in_doubt_for_the_agreement_was_active(
        AgreementStatus status
    )
    {
        var reading = A.Says(status) with { InitialChargeId = "chr_1" };
        var revoked = A.WithInitialCharge().Read(reading, Later).Agreement;

        Assert.Equal((AttemptState.InDoubt, "chr_1"), (revoked.Open[0].State, revoked.Open[0].ProviderId));
        Assert.Contains(revoked.Steps(Later), step => step is LookStep.ReadBack);
    }

    [Theory]
    [InlineData(AgreementStatus.Initializing)]
    [InlineData(AgreementStatus.AuthenticationPending)]
    [InlineData(AgreementStatus.AuthorizationProcessing)]
    public void Until_then_the_initial_charge_waits(AgreementStatus status) =>
        Assert.Equal(AttemptState.Waiting, Read(A.WithInitialCharge(), status).Agreement.Open[0].State);

    [Fact]
    public void An_initial_charge_that_PPRO_names_is_read_by_its_id()
    {
        var reading = A.Says(AgreementStatus.Active) with { InitialChargeId = "chr_1" };
        var attempt = A.WithInitialCharge().Read(reading, Later).Agreement.Open[0];

        Assert.Equal(("chr_1", Later), (attempt.ProviderId, attempt.RecheckAt));
    }

    [Fact]
    public void A_failed_initial_charge_of_an_active_agreement_is_in_dunning()
    {
        var active = Read(A.WithInitialCharge(), AgreementStatus.Active).Agreement;
        var plan = active.Hear(active.Open[0], A.Declined(), A.Rules, Later).Agreement.Plan;

        Assert.Equal((A.Period(0), 2), (plan.Dunning!.Period, plan.Dunning.NextAttempt));
    }

    [Fact]
    public void Activation_is_when_we_first_hear_of_it()
    {
        var active = Read(A.Begun(), AgreementStatus.Active).Agreement;
        var again = active.Read(A.Says(AgreementStatus.Active), Later.AddDays(1)).Agreement;

        Assert.Equal(Later, again.Provider.ActivatedAt);
    }

    [Theory]
    [InlineData(AgreementStatus.Active, AgreementStatus.AuthenticationPending)]
    [InlineData(AgreementStatus.RevokedByConsumer, AgreementStatus.Active)]
    [InlineData(AgreementStatus.Failed, AgreementStatus.Active)]
    [InlineData(AgreementStatus.Failed, AgreementStatus.RevokedByProvider)]
    [InlineData(AgreementStatus.RevokedByProvider, AgreementStatus.Failed)]
    [InlineData(AgreementStatus.Active, null)]
    public void A_status_never_moves_back(AgreementStatus status, AgreementStatus? word)
    {
        var agreement = A.Agreement() with
        {
            Provider = new() { Id = "agr_1", Status = status },
        };

        Assert.Equal(status, Read(agreement, word).Agreement.Status);
    }

    [Fact]
    public void What_a_reading_leaves_out_is_kept()
    {
        var full = A.Says(null) with { RequestUrl = "https://pay", InstrumentId = "ins_1", StartDate = A.Morning };
        var provider = A.Begun().Read(full, A.Morning).Agreement.Read(A.Says(null), Later).Agreement.Provider;

        Assert.Equal(("https://pay", "ins_1"), (provider.RequestUrl, provider.InstrumentId));
        Assert.Equal(A.Morning, provider.StartDate);
    }

    [Fact]
    public void A_reading_confirms_the_agreement_and_settles_what_had_to_be_read()
    {
        var heard = A.Agreement().Apply(A.Event(PproEventKind.AgreementUpdated), null, Later).Agreement;
        var provider = heard.Read(A.Says(AgreementStatus.Active), Later.AddMinutes(1)).Agreement.Provider;

        Assert.Equal((Later, null), (heard.Provider.RecheckAt, provider.RecheckAt));
        Assert.Equal(Later.AddMinutes(1), provider.ConfirmedAt);
    }

    [Fact]
    public void A_failed_read_confirms_nothing()
    {
        var provider = A.Agreement().ReadFailed(Later).Agreement.Provider;

        Assert.Equal((A.Morning, Later), (provider.ConfirmedAt, provider.ReadTriedAt));
    }

    [Fact]
    public void A_clock_that_moves_backwards_leaves_the_last_confirmation() =>
        Assert.Equal(
            A.Morning,
            A.Agreement().Read(A.Says(AgreementStatus.Active), A.Morning.AddDays(-1)).Agreement.Provider.ConfirmedAt
        );

    [Theory]
    [InlineData(null, true)]
    [InlineData(AgreementStatus.AuthenticationPending, true)]
    [InlineData(AgreementStatus.Active, false)]
    [InlineData(AgreementStatus.Failed, false)]
    [InlineData(AgreementStatus.RevokedByConsumer, false)]
    public void Only_what_was_not_approved_in_time_is_closed(AgreementStatus? status, bool isClosed)
    {
        var agreement = A.Begun() with { Provider = new() { Status = status } };
        var closed = agreement.Close(A.Deadline).Agreement;

        Assert.Equal(isClosed, closed.Ending is { By: EndedBy.ApprovalExpired });
        Assert.Equal(!isClosed, ReferenceEquals(agreement, closed));
    }

    [Fact]
    public void A_late_activation_does_not_revive_a_closed_agreement()
    {
        var late = Read(A.Begun().Close(A.Deadline).Agreement, AgreementStatus.Active).Agreement;

        Assert.Equal((AgreementStatus.Active, false), (late.Status, late.MayCharge));
    }

    private static Change Read(Agreement agreement, AgreementStatus? status) => agreement.Read(A.Says(status), Later);
}
