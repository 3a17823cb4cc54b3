using Billing;

namespace Unit.Tests.BillingTests;

public sealed class AgendaTests
{
    private const string Key = "20260115-1";

    [Theory]
    [InlineData(null, 5)]
    [InlineData(1, 5)]
    [InlineData(5, 15)]
    [InlineData(16, 60)]
    [InlineData(60, 63)] // the read at the deadline failed: the ladder
    [InlineData(64, 70)]
    public void An_agreement_that_waits_for_approval_is_read_after_5_15_and_60_minutes(int? last, int next)
    {
        var tried = last is { } minutes ? A.Morning.AddMinutes(minutes) : (DateTimeOffset?)null;
        var agreement = A.Begun() with
        {
            Provider = new() { Id = "agr_1", ReadTriedAt = tried },
        };

        Assert.Equal(new(A.Morning.AddMinutes(next), new LookStep.Read()), Single(agreement));
    }

    [Fact]
    public void Without_approval_at_the_deadline_it_is_closed()
    {
        var deadline = A.Morning.AddMinutes(60);
        var agreement = A.Begun().Read(A.Says(AgreementStatus.AuthenticationPending), deadline).Agreement;

        Assert.Equal(new(deadline, new LookStep.Close()), Single(agreement));
    }

    [Fact]
    public void It_is_not_closed_before_a_read_at_the_deadline_has_succeeded()
    {
        var early = A.Begun().Read(A.Says(AgreementStatus.AuthenticationPending), A.Morning.AddMinutes(59)).Agreement;

        Assert.IsType<LookStep.Read>(Single(early.ReadFailed(A.Morning.AddMinutes(61)).Agreement).Step);
    }

    [Fact]
    public void An_agreement_that_PPRO_never_named_is_closed_at_the_deadline() =>
        Assert.Contains(
            new(A.Morning.AddMinutes(60), new LookStep.Close()),
            Agenda.Items(A.Begun(), A.Rules, A.Morning)
        );

    [Fact]
    public void An_agreement_waits_for_its_name_from_the_first_look_on()
    {
        var looked = A.Begun().ReadFailed(A.Morning.AddMinutes(5)).Agreement;

        Assert.Equal(A.Morning.AddMinutes(5), Agenda.NextLookAt(A.Begun(), A.Rules, A.Morning));
        Assert.Equal(A.Morning.AddMinutes(15), Agenda.NextLookAt(looked, A.Rules, A.Morning));
    }

    [Fact]
    public void A_waiting_initial_charge_is_not_looked_at_by_itself() =>
        Assert.DoesNotContain(
            A.WithInitialCharge().Steps(A.Morning),
            step => step is LookStep.ReadBack or LookStep.Send
        );

    [Fact]
    public void An_agreement_that_ends_is_revoked_at_once() =>
        Assert.Equal(new(A.Morning, new LookStep.Revoke()), Single(Ending(A.Agreement())));

    [Fact]
    public void The_revocation_is_asked_again_until_PPRO_confirms()
    {
        var tried = Ending(A.Agreement()).ReadFailed(A.Morning.AddMinutes(1)).Agreement;

        Assert.Equal(new(A.Morning.AddMinutes(3), new LookStep.Revoke()), Single(tried));
        Assert.Empty(tried.Read(A.Says(AgreementStatus.RevokedByMerchant), A.Morning).Agreement.Steps(A.Morning));
    }

    [Fact]
    public void A_closed_agreement_that_turns_active_late_is_revoked()
    {
        var late = A.Begun()
            .Close(A.Morning.AddHours(1))
            .Agreement.Apply(A.Event(PproEventKind.AgreementActive), null, A.Morning.AddHours(5))
            .Agreement;

        Assert.IsType<LookStep.Revoke>(Agenda.DueStep(late, A.Rules, A.Morning.AddHours(5)));
    }

    [Fact]
    public void An_attempt_in_doubt_is_read_back_even_when_the_agreement_is_over()
    {
        var over = A.Charging().Read(A.Says(AgreementStatus.RevokedByConsumer), A.Morning).Agreement;

        Assert.Equal(new(A.Morning.AddMinutes(3), new LookStep.ReadBack(Key)), Single(over));
    }

    [Fact]
    public void An_attempt_in_doubt_is_read_back_while_the_agreement_ends() =>
        Assert.Contains(new LookStep.ReadBack(Key), Ending(A.Charging()).Steps(A.Morning));

    [Fact]
    public void What_was_heard_is_read_back_before_the_ladder_says()
    {
        var heard = A.Open(A.Charging().Open[0] with { RecheckAt = A.Morning.AddSeconds(5) });

        Assert.Contains(
            new(A.Morning.AddSeconds(5), new LookStep.ReadBack(Key)),
            Agenda.Items(heard, A.Rules, A.Morning)
        );
    }

    [Fact]
    public void An_unsent_attempt_is_sent_when_its_time_has_come() =>
        Assert.Contains(
            new(A.Morning.AddMinutes(15), new LookStep.Send(Key)),
            Agenda.Items(Unsent(), A.Rules, A.Morning)
        );

    [Fact]
    public void An_unsent_attempt_of_an_agreement_that_ends_is_dropped() =>
        Assert.Contains(new LookStep.Drop(Key), Ending(Unsent()).Steps(A.Morning));

    [Fact]
    public void An_agreement_without_news_for_35_days_is_read_before_it_is_charged()
    {
        var (agreement, now) = (A.Planned(plan => plan with { NextPeriod = 1 }), A.Morning.AddDays(35));

        Assert.IsType<LookStep.Read>(Assert.Single(agreement.Steps(now)));
        Assert.Equal(new LookStep.Read(), Agenda.DueStep(agreement, A.Rules, now));
    }

    [Fact]
    public void A_read_of_a_stale_agreement_that_failed_is_tried_again()
    {
        var now = A.Morning.AddDays(35);

        Assert.Equal(
            now.AddMinutes(3),
            Agenda.NextLookAt(A.Planned(plan => plan with { NextPeriod = 1 }).ReadFailed(now).Agreement, A.Rules, now)
        );
    }

    [Fact]
    public void An_agreement_with_an_exception_is_not_charged() =>
        Assert.Empty(A.Agreement().Stopped().Steps(A.Morning).OfType<LookStep.Charge>());

    [Fact]
    public void An_active_agreement_with_nothing_to_charge_is_looked_at_after_35_days() =>
        Assert.Equal(
            A.Morning.AddDays(35),
            Agenda.NextLookAt(A.Planned(plan => plan with { Schedule = null }), A.Rules, A.Morning)
        );

    [Theory]
    [InlineData(AgreementStatus.Failed)]
    [InlineData(AgreementStatus.RevokedByConsumer)]
    [InlineData(AgreementStatus.RevokedByMerchant)]
    [InlineData(AgreementStatus.RevokedByProvider)]
    public void An_agreement_that_is_over_is_not_looked_at(AgreementStatus status) =>
        Assert.Null(Agenda.NextLookAt(A.Begun().Read(A.Says(status), A.Morning).Agreement, A.Rules, A.Morning));

    [Fact]
    public void A_change_that_moves_the_next_look_stores_it() =>
        Assert.Equal(A.Morning.AddMinutes(5), Change.To(A.Begun()).Planned(A.Rules, A.Morning).Agreement.NextLookAt);

    [Fact]
    public void A_change_that_leaves_the_next_look_is_the_same_change()
    {
        var planned = Change.To(A.Begun()).Planned(A.Rules, A.Morning);

        Assert.Same(planned, planned.Planned(A.Rules, A.Morning));
    }

    private static AgendaItem Single(Agreement agreement) => Assert.Single(Agenda.Items(agreement, A.Rules, A.Morning));

    private static Agreement Ending(Agreement agreement) =>
        agreement with
        {
            Ending = new(A.Morning, EndedBy.Storefront, null),
        };

    private static Agreement Unsent() =>
        A.Charging()
            .Settle(
                A.Charging().Open[0],
                A.Refused(RefusalKind.Credentials),
                A.ClaimOf(A.Charging().Open[0], 1),
                A.Rules,
                A.Morning
            )
            .Agreement;
}
