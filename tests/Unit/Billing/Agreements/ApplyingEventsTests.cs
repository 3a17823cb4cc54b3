using Billing;
using CsCheck;

namespace Unit.Tests.BillingTests;

public sealed class ApplyingEventsTests
{
    private static readonly DateTimeOffset Later = A.Morning.AddMinutes(20);

    private static readonly PproEventKind[] Life =
    [
        PproEventKind.AgreementCreated,
        PproEventKind.AgreementAuthenticationPending,
        PproEventKind.AgreementActive,
        PproEventKind.AgreementUpdated,
        PproEventKind.AgreementRevokedByConsumer,
    ];

    [Theory]
    [InlineData(PproEventKind.AgreementCreated, AgreementStatus.Initializing)]
    [InlineData(PproEventKind.AgreementAuthenticationPending, AgreementStatus.AuthenticationPending)]
    [InlineData(PproEventKind.AgreementActive, AgreementStatus.Active)]
    [InlineData(PproEventKind.AgreementFailed, AgreementStatus.Failed)]
    [InlineData(PproEventKind.AgreementRevokedByConsumer, AgreementStatus.RevokedByConsumer)]
    [InlineData(PproEventKind.AgreementRevokedByMerchant, AgreementStatus.RevokedByMerchant)]
    [InlineData(PproEventKind.AgreementRevokedByProvider, AgreementStatus.RevokedByProvider)]
    [InlineData(PproEventKind.AgreementUpdated, null)]
    [InlineData(PproEventKind.Unknown, null)]
    [InlineData(PproEventKind.InstrumentDeleted, null)]
    public void An_event_carries_its_status(PproEventKind kind, AgreementStatus? status) =>
        Assert.Equal(status, A.Begun().Apply(A.Event(kind), null, Later).Agreement.Status);

    [Fact]
    public void An_event_may_bring_PPROs_id_before_the_answer_does() =>
        Assert.Equal("agr_1", Apply(A.Begun(), [PproEventKind.AgreementCreated]).Provider.Id);

    [Fact]
    public void Any_order_of_an_agreements_events_ends_the_same() =>
        Gen.Shuffle(Life)
            .Sample(kinds =>
            {
                var agreement = Apply(A.Begun(), kinds);
                return agreement
                    is { Status: AgreementStatus.RevokedByConsumer, MayCharge: false, Provider.Id: "agr_1" };
            });

    [Fact]
    public void Repeated_events_end_as_if_they_had_come_once() =>
        Gen.Select(Gen.Enum<PproEventKind>().Array[0, 10], Gen.Int[0, 9])
            .Sample(
                (kinds, again) =>
                {
                    var once = Apply(A.Begun(), kinds);
                    return Apply(once, kinds.Take(again)).Status == once.Status;
                }
            );

    [Fact]
    public void Whatever_comes_a_status_only_moves_forward_and_a_final_one_never() =>
        Gen.Enum<PproEventKind>()
            .Array[0, 12]
            .Sample(kinds =>
            {
                var agreement = A.Begun();
                foreach (var kind in kinds)
                {
                    var next = agreement.Apply(A.Event(kind), null, Later).Agreement;
                    Assert.True(
                        next.Status == agreement.Status
                            || agreement.Status is null
                            || (next.Status > agreement.Status && !agreement.Status.Value.IsFinal())
                    );
                    agreement = next;
                }
            });

    [Fact]
    public void A_capture_event_settles_the_charge_before_its_answer_arrives()
    {
        var captured = ApplyToCharge(PproEventKind.ChargeCaptureSucceeded);
        var late = captured.Agreement.Settle(
            captured.Moved(),
            A.Said(A.Pending()),
            A.ClaimOf(captured.Moved(), 1),
            A.Rules,
            Later
        );

        Assert.Equal(9_900, captured.Agreement.CapturedMinorUnits);
        Assert.Same(captured.Agreement, late.Agreement);
    }

    [Fact]
    public void A_capture_event_counts_once()
    {
        var captured = ApplyToCharge(PproEventKind.ChargeCaptureSucceeded);
        var happened = A.ChargeEvent(PproEventKind.ChargeCaptureSucceeded);

        Assert.Equal(9_900, captured.Agreement.Apply(happened, captured.Moved(), Later).Agreement.CapturedMinorUnits);
    }

    [Theory]
    [InlineData(PproEventKind.ChargeAuthorizationFailed)]
    [InlineData(PproEventKind.ChargeDiscarded)]
    [InlineData(PproEventKind.ChargeVoidSucceeded)]
    public void A_decline_by_event_is_read_before_it_is_believed(PproEventKind kind)
    {
        var change = ApplyToCharge(kind);

        Assert.Equal((AttemptState.Pending, Later), (change.Moved().State, change.Moved().RecheckAt));
        Assert.Null(change.Agreement.Plan.Dunning);
    }

    [Theory]
    [InlineData(PproEventKind.ChargeCreated)]
    [InlineData(PproEventKind.ChargeAuthorizationSucceeded)]
    [InlineData(PproEventKind.ChargeCaptureFailed)]
    [InlineData(PproEventKind.ChargeVoidFailed)]
    public void Any_other_word_about_a_charge_says_that_PPRO_has_it(PproEventKind kind)
    {
        var attempt = ApplyToCharge(kind).Moved();

        Assert.Equal((AttemptState.Pending, "chr_1"), (attempt.State, attempt.ProviderId));
    }

    [Fact]
    public void A_late_event_does_not_reopen_a_closed_charge() =>
        Assert.All(
            Enum.GetValues<PproEventKind>().Where(kind => kind is not PproEventKind.ChargeCaptureSucceeded),
            kind => Assert.Empty(A.Agreement().Apply(A.ChargeEvent(kind), Closed(AttemptState.Declined), Later).Facts)
        );

    [Fact]
    public void A_capture_event_for_a_closed_charge_calls_for_a_person()
    {
        var happened = A.ChargeEvent(PproEventKind.ChargeCaptureSucceeded);

        Assert.NotNull(A.Agreement().Apply(happened, Closed(AttemptState.Declined), Later).Agreement.WhyStopped());
    }

    [Fact]
    public void Any_event_confirms_the_agreement() =>
        Assert.Equal(Later, Apply(A.Agreement(), [PproEventKind.Unknown]).Provider.ConfirmedAt);

    [Theory]
    [InlineData("chr_1", null, true)]
    [InlineData("chr_2", null, false)]
    [InlineData("chr_2", "ours", false)] // PPRO's id is known to be another
    public void An_event_finds_a_known_charge_by_PPROs_id(string id, string? reference, bool isFound)
    {
        var attempt = A.Charging().Open[0] with { ProviderId = "chr_1", Reference = "ours" };
        var happened = A.ChargeEvent(PproEventKind.ChargeCreated) with { ChargeReference = reference };

        Assert.Equal(isFound, A.Open(attempt).FindOpen(happened with { ChargeProviderId = id }) is not null);
    }

    [Fact]
    public void An_event_finds_an_unknown_charge_by_our_reference()
    {
        var charging = A.Charging();
        var happened = A.ChargeEvent(PproEventKind.ChargeCreated) with { ChargeReference = charging.Open[0].Reference };

        Assert.Same(charging.Open[0], charging.FindOpen(happened));
    }

    private static Attempt Closed(AttemptState state) => A.Charging().Open[0] with { State = state };

    private static Change ApplyToCharge(PproEventKind kind) =>
        A.Charging().Apply(A.ChargeEvent(kind), A.Charging().Open[0], Later);

    private static Agreement Apply(Agreement agreement, IEnumerable<PproEventKind> kinds) =>
        kinds.Aggregate(agreement, (before, kind) => before.Apply(A.Event(kind, $"evt_{kind}"), null, Later).Agreement);
}
