using Billing;

namespace Unit.Tests.BillingTests;

/// <summary>What becomes of an agreement, and of its first charge, when the consumer's time to approve is over.</summary>
public sealed class ApprovalsThatAreOverTests
{
    private static readonly Agreement Waiting = Named(A.WithInitialCharge());

    [Fact]
    public void An_events_word_at_the_deadline_is_no_read_and_closes_nothing()
    {
        var captured = Apply(Waiting, Capture, A.Deadline.AddMinutes(1));

        Assert.True(captured.Provider.ConfirmedAt > A.Deadline);
        Assert.Same(captured, captured.Close(A.Deadline.AddMinutes(2)).Agreement);
        Assert.DoesNotContain(captured.Steps(A.Deadline.AddMinutes(2)), step => step is LookStep.Close);
    }

    [Fact]
    public void An_answer_to_the_create_is_no_read_either()
    {
        var begun = A.WithInitialCharge();
        var said = new Answer<AgreementReading>.Said(A.Says(AgreementStatus.AuthenticationPending));
        var answered = begun.SettleCreate(said, A.CreateClaim(begun), A.Deadline.AddMinutes(1)).Agreement;

        Assert.Null(answered.Provider.ReadAt);
        Assert.Same(answered, answered.Close(A.Deadline.AddMinutes(2)).Agreement);
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    public void A_read_closes_it_that_was_asked_for_at_the_deadline_or_later(int secondsAfter, bool isClosed)
    {
        var (asked, heard) = (A.Deadline.AddSeconds(secondsAfter), A.Deadline.AddSeconds(20));
        var read = Waiting.Read(A.Says(AgreementStatus.AuthenticationPending), asked, heard).Agreement;

        Assert.Equal(isClosed, read.Close(heard).Agreement.Ending is { By: EndedBy.ApprovalExpired });
        Assert.Equal(isClosed, read.Steps(heard).Any(step => step is LookStep.Close));
    }

    [Fact]
    public void It_is_closed_by_nobody_before_the_deadline()
    {
        var (clock, early) = (A.Deadline.AddMinutes(5), A.Deadline.AddSeconds(-1));
        var read = Waiting.Read(A.Says(AgreementStatus.AuthenticationPending), clock, clock).Agreement;

        Assert.Same(read, read.Close(early).Agreement);
    }

    [Fact]
    public void One_that_turned_out_to_be_active_is_not_closed_and_keeps_its_first_charge()
    {
        var captured = Apply(Waiting, Capture, A.Deadline.AddMinutes(1));
        var active = captured.Read(A.Says(AgreementStatus.Active), A.Deadline.AddMinutes(3)).Agreement;

        Assert.Same(active, active.Close(A.Deadline.AddMinutes(4)).Agreement);
        Assert.Null(active.LateCapture);
        Assert.Equal(A.Price.MinorUnits, active.CapturedMinorUnits);
    }

    [Theory]
    [InlineData("capture end active")]
    [InlineData("capture end")]
    [InlineData("end capture active")]
    [InlineData("end active capture")]
    [InlineData("end capture")]
    public void Ended_before_we_saw_it_active_it_gives_its_first_charge_back_in_every_order(string order)
    {
        Assert.Equal("20260115-1", After(order, Cancel).LateCapture?.ChargeKey);
        Assert.Equal("20260115-1", After(order, Close).LateCapture?.ChargeKey);
        Assert.Equal("20260115-1", After(order, Fail).LateCapture?.ChargeKey);
    }

    [Theory]
    [InlineData("capture end")]
    [InlineData("end capture")]
    public void So_it_does_what_was_captured_in_another_currency(string order)
    {
        var after = After(order, Cancel, Capture with { AmountCurrency = "USD" });

        Assert.Equal((0, "20260115-1"), (after.CapturedMinorUnits, after.LateCapture?.ChargeKey));
    }

    [Theory]
    [InlineData("active capture end")]
    [InlineData("active end capture")]
    [InlineData("capture active end")]
    public void Ended_after_we_saw_it_active_it_keeps_its_first_charge(string order) =>
        Assert.Null(After(order, Cancel).LateCapture);

    [Fact]
    public void What_is_owed_is_on_the_agenda_at_once_and_claimed_in_full()
    {
        var owing = After("capture end", Cancel);
        var now = A.Deadline.AddHours(1);
        var charge = ChargeOf(owing);

        Assert.Contains(new LookStep.RefundLate("20260115-1"), owing.Steps(now));
        var intent = new RefundIntent("id", RefundNames.OfOwed(A.Id, charge.Key), "key", "{}"u8.ToArray());
        var refund = owing.ClaimOwedRefund(charge, intent, now).Agreement.OpenRefunds.Single();
        Assert.Equal((A.Price, true), (refund.Amount, refund.IsOwed));
    }

    [Fact]
    public void A_consumer_who_revoked_it_first_of_all_had_approved_it_and_keeps_what_was_paid_for()
    {
        var revoked = Waiting.Read(A.Says(AgreementStatus.RevokedByConsumer), A.Morning.AddMinutes(9)).Agreement;

        Assert.Null(Apply(revoked, Capture, A.Morning.AddMinutes(10)).LateCapture);
    }

    [Fact]
    public void Another_end_of_what_has_ended_changes_nothing()
    {
        var ended = After("capture end", Cancel);

        Assert.Same(ended, ended.Cancel(EndedBy.Operator, "again", A.Deadline).Agreement);
    }

    [Fact]
    public void A_reason_is_kept_up_to_a_bound()
    {
        var ended = Waiting.Cancel(EndedBy.Operator, new string('x', 5_000), A.Morning).Agreement;

        Assert.Equal(Ending.MaxReason, ended.Ending!.Reason!.Length);
    }

    private static Agreement After(
        string order,
        Func<Agreement, DateTimeOffset, Agreement> end,
        PproEvent? capture = null
    )
    {
        var (agreement, now) = (Waiting, A.Deadline.AddMinutes(-3));
        foreach (var step in order.Split(' '))
        {
            now = now.AddMinutes(5);
            agreement = step switch
            {
                "capture" => Apply(agreement, capture ?? Capture, now),
                "active" => agreement.Read(A.Says(AgreementStatus.Active), now).Agreement,
                _ => end(agreement, now),
            };
        }

        return agreement;
    }

    private static Agreement Cancel(Agreement agreement, DateTimeOffset now) => agreement.Cancel(now).Agreement;

    private static Agreement Fail(Agreement agreement, DateTimeOffset now) =>
        agreement.Read(A.Says(AgreementStatus.Failed), now).Agreement;

    /// <summary>By a read that does not know of the approval yet.</summary>
    private static Agreement Close(Agreement agreement, DateTimeOffset now)
    {
        var late = now > A.Deadline ? now : A.Deadline;
        return agreement.Read(A.Says(AgreementStatus.AuthenticationPending), late).Agreement.Close(late).Agreement;
    }

    private static PproEvent Capture =>
        A.ChargeEvent(PproEventKind.ChargeCaptureSucceeded) with
        {
            ChargeReference = A.WithInitialCharge().Open[0].Reference,
            AmountMinorUnits = A.Price.MinorUnits,
            AmountCurrency = "KRW",
        };

    private static Agreement Apply(Agreement agreement, PproEvent happened, DateTimeOffset now) =>
        agreement.Apply(happened, agreement.Open.FirstOrDefault() ?? ChargeOf(agreement), now).Agreement;

    private static Attempt ChargeOf(Agreement agreement) =>
        agreement.Open.FirstOrDefault() ?? (agreement.Plan.CapturedPeriods is 0 ? Dropped : Taken);

    private static Attempt Dropped => A.WithInitialCharge().Open[0] with { State = AttemptState.NotExecuted };

    private static Attempt Taken =>
        A.WithInitialCharge().Open[0] with
        {
            State = AttemptState.Captured,
            ProviderId = "chr_1",
            CapturedAt = A.Deadline,
            CapturedMinorUnits = A.Price.MinorUnits,
        };

    private static Agreement Named(Agreement agreement) =>
        agreement with
        {
            Provider = agreement.Provider with { Id = "agr_1", Status = AgreementStatus.AuthenticationPending },
        };
}
