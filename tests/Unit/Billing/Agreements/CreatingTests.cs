using Billing;

namespace Unit.Tests.BillingTests;

public sealed class CreatingTests
{
    private static readonly DateTimeOffset Later = A.Morning.AddSeconds(5);

    [Fact]
    public void A_create_is_written_down_with_its_body_before_it_leaves()
    {
        var change = Begin(A.Terms());

        Assert.Equal("{}"u8.ToArray(), Assert.IsType<Fact.NewCreateBody>(change.Facts.Single()).Body.ToArray());
        Assert.Equal(new Claim("create", 1, A.Morning), change.Claim! with { Body = null });
        Assert.Equal(CreateState.InDoubt, change.Agreement.Create.State);
    }

    [Theory]
    [InlineData(null, "2026-01-15")]
    [InlineData("2026-02-01T00:00", "2026-02-01")]
    [InlineData("2026-01-31T23:59", "2026-01-31")]
    public void The_anchor_is_the_start_dates_day_in_Seoul_or_that_of_the_creation(string? start, string anchor)
    {
        var terms = A.Terms() with { StartDate = start is null ? null : A.Seoul(start) };

        Assert.Equal(A.Day(anchor), A.Begun(terms).Plan.Schedule!.Anchor);
    }

    [Fact]
    public void A_late_activation_does_not_move_the_anchor()
    {
        var agreement = A.Begun().Read(A.Says(AgreementStatus.Active), A.Morning.AddDays(3)).Agreement;

        Assert.Equal(A.Anchor, agreement.Plan.Schedule!.Anchor);
    }

    /// <summary>Half an hour after midnight in Seoul, which is the day before in UTC.</summary>
    [Fact]
    public void The_plan_takes_over_the_terms_by_the_day_of_Seoul()
    {
        var (start, end) = (A.Seoul("2026-03-15T00:30"), A.Seoul("2026-12-31T00:30"));
        var terms = A.Terms() with { StartDate = start, EndDate = end, MaxCharges = 7, CatchUp = 2 };

        var plan = A.Begun(terms).Plan;

        Assert.Equal(
            (start, end, 7, 2, A.Price),
            (plan.StartsAt, plan.EndAt, plan.MaxCharges, plan.CatchUp, plan.Price)
        );
        Assert.Equal(A.Day("2026-03-15"), plan.Schedule!.Anchor);
        Assert.Equal(0, plan.NextPeriod);
    }

    [Fact]
    public void Without_a_frequency_there_is_no_schedule() =>
        Assert.Null(A.Begun(A.Terms() with { Frequency = null }).Plan.Schedule);

    [Fact]
    public void An_initial_charge_is_the_first_attempt_of_period_0()
    {
        var agreement = A.WithInitialCharge();
        var attempt = Assert.Single(agreement.Open);

        Assert.Equal(("20260115-1", A.Period(0), true), (attempt.Key, attempt.Period, attempt.IsInitial));
        Assert.Equal(1, agreement.Plan.NextPeriod);
    }

    [Fact]
    public void An_initial_charge_waits_for_the_agreement()
    {
        var attempt = A.WithInitialCharge().Open[0];

        Assert.Equal((AttemptState.Waiting, 0, null), (attempt.State, attempt.Sends, attempt.FirstSentAt));
    }

    [Fact]
    public void An_initial_charge_with_a_reference_of_the_shops_reserves_it()
    {
        var change = Begin(A.Terms() with { InitialCharge = new(A.Price, "order 7") });

        Assert.Contains(new Fact.NewReference("order 7", "20260115-1"), change.Facts);
        Assert.Equal("order 7", change.Agreement.Open[0].Reference);
    }

    [Fact]
    public void An_answer_settles_the_create()
    {
        var agreement = SettleCreate(A.Begun(), Said(AgreementStatus.AuthenticationPending)).Agreement;

        Assert.Equal((CreateState.Answered, false), (agreement.Create.State, agreement.Create.IsUnderway));
        Assert.Equal(("agr_1", AgreementStatus.AuthenticationPending), (agreement.Provider.Id, agreement.Status));
    }

    [Theory]
    [InlineData(RefusalKind.Request)]
    [InlineData(RefusalKind.NotFound)]
    public void A_refusal_of_the_only_send_closes_the_agreement(RefusalKind kind)
    {
        var agreement = SettleCreate(A.Begun(), Refused(kind)).Agreement;

        Assert.Equal((CreateState.Refused, EndedBy.Refused), (agreement.Create.State, agreement.Ending!.By));
    }

    [Theory]
    [InlineData(RefusalKind.Credentials)]
    [InlineData(RefusalKind.Route)]
    [InlineData(RefusalKind.RateLimited)]
    public void A_refusal_because_of_us_leaves_the_create_unsent(RefusalKind kind)
    {
        var create = SettleCreate(A.Begun(), Refused(kind)).Agreement.Create;

        Assert.Equal((CreateState.Unsent, 0), (create.State, create.Sends));
    }

    [Theory]
    [InlineData(RefusalKind.Request)]
    [InlineData(RefusalKind.Credentials)]
    public void A_refusal_proves_nothing_once_the_create_was_sent_again(RefusalKind kind)
    {
        var again = A.Begun().ReclaimCreate(A.Morning.AddMinutes(4)).Agreement;

        Assert.All(
            [1, 2],
            sends =>
                Assert.Equal(
                    CreateState.InDoubt,
                    again.SettleCreate(Refused(kind), ClaimOf(again, sends), Later).Agreement.Create.State
                )
        );
    }

    [Fact]
    public void A_refusal_proves_nothing_once_an_event_has_brought_PPROs_id()
    {
        var known = A.Begun().Apply(A.Event(PproEventKind.AgreementCreated), null, Later).Agreement;

        Assert.Null(SettleCreate(known, Refused(RefusalKind.Request)).Agreement.Ending);
    }

    [Fact]
    public void A_late_refusal_does_not_undo_an_answer()
    {
        var answered = SettleCreate(A.Begun(), Said(AgreementStatus.Initializing)).Agreement;

        Assert.Same(answered, SettleCreate(answered, Refused(RefusalKind.Request)).Agreement);
    }

    [Fact]
    public void Silence_leaves_the_create_in_doubt()
    {
        var create = SettleCreate(A.Begun(), new Answer<AgreementReading>.InDoubt("timeout")).Agreement.Create;

        Assert.Equal((CreateState.InDoubt, "timeout", false), (create.State, create.Why, create.IsUnderway));
    }

    [Fact]
    public void The_answer_to_an_overtaken_send_does_not_end_the_later_one()
    {
        var again = A.Begun().ReclaimCreate(A.Morning.AddMinutes(4)).Agreement;

        Assert.True(
            again
                .SettleCreate(new Answer<AgreementReading>.InDoubt("timeout"), A.CreateClaim(A.Begun()), Later)
                .Agreement.Create.IsUnderway
        );
    }

    [Theory]
    [InlineData("00:00:01", CreateHindrance.Underway)]
    [InlineData("00:02:59", CreateHindrance.Underway)]
    [InlineData("00:03:00", null)]
    [InlineData("19:59:59", null)]
    [InlineData("20:00:00", CreateHindrance.TooLate)]
    [InlineData("-01:00:00", CreateHindrance.Underway)]
    public void A_repeat_sends_a_create_again_only_within_its_clocks(string after, CreateHindrance? hindrance) =>
        Assert.Equal(hindrance, A.Begun().WhyCreateMayNotBeSent(A.Morning + TimeSpan.Parse(after)));

    [Fact]
    public void A_repeat_sends_a_create_at_once_when_it_is_certainly_not_at_PPRO() =>
        Assert.Null(SettleCreate(A.Begun(), Refused(RefusalKind.RateLimited)).Agreement.WhyCreateMayNotBeSent(Later));

    [Fact]
    public void An_unsent_create_is_never_too_late_to_send()
    {
        var unsent = SettleCreate(A.Begun(), Refused(RefusalKind.RateLimited)).Agreement;
        var change = unsent.ReclaimCreate(A.Morning.AddDays(2));

        Assert.Equal((1, A.Morning.AddDays(2)), (change.Claim!.Sends, change.Agreement.Create.FirstSentAt));
    }

    [Fact]
    public void A_repeat_is_counted_and_claimed()
    {
        var now = A.Morning.AddMinutes(4);
        var change = A.Begun().ReclaimCreate(now);

        Assert.Equal(new Claim("create", 2, now), change.Claim);
        Assert.Equal((2, A.Morning), (change.Agreement.Create.Sends, change.Agreement.Create.FirstSentAt));
    }

    private static Change Begin(AgreementTerms terms) => Agreement.Begin(A.Id, terms, A.CreateIntent(), A.Morning);

    private static Answer<AgreementReading> Said(AgreementStatus status) =>
        new Answer<AgreementReading>.Said(A.Says(status));

    private static Answer<AgreementReading> Refused(RefusalKind kind) =>
        new Answer<AgreementReading>.Refused(new(kind, 400, "no"));

    private static Claim ClaimOf(Agreement agreement, int sends) => A.CreateClaim(agreement) with { Sends = sends };

    private static Change SettleCreate(Agreement agreement, Answer<AgreementReading> answer) =>
        agreement.SettleCreate(answer, ClaimOf(agreement, 1), Later);
}
