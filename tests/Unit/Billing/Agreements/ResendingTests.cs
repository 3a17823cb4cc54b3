using Billing;

namespace Unit.Tests.BillingTests;

public sealed class ResendingTests
{
    private const string Key = "20260115-1";

    [Theory]
    [InlineData("00:02:59", false)]
    [InlineData("00:03:00", false)]
    [InlineData("00:03:01", true)]
    [InlineData("19:59:59", true)]
    [InlineData("20:00:00", false)] // PPRO may forget the key
    [InlineData("30.00:00:00", false)]
    [InlineData("-00:00:01", false)] // the clock was set back
    [InlineData("-10:00:00", false)]
    public void An_attempt_in_doubt_is_sent_again_only_within_its_clocks(string after, bool isSent) =>
        Assert.Equal(isSent, A.Charging().Reclaim(Key, A.Morning + TimeSpan.Parse(after)).Claim is not null);

    [Fact]
    public void An_unsent_attempt_that_another_hand_has_sent_meanwhile_is_not_sent_without_being_looked_for()
    {
        var sent = A.Charging();
        var much = A.Morning.AddHours(1);

        Assert.Same(sent, sent.SendUnsent(sent.Open[0].Key, much).Agreement);
        Assert.Null(sent.SendUnsent(sent.Open[0].Key, much).Claim);
    }

    [Fact]
    public void An_unsent_attempt_keeps_its_wait_when_a_look_beside_it_found_nothing()
    {
        var waiting = A.Open(Unsent() with { RecheckAt = A.Morning.AddMinutes(15) });

        Assert.Same(waiting, waiting.Looked(Key, A.Morning.AddMinutes(4)).Agreement);
        Assert.Same(waiting, waiting.NotFound(Key, maySend: true, A.Rules, A.Morning.AddMinutes(4)).Agreement);
    }

    [Fact]
    public void A_resend_does_not_begin_the_looks_anew()
    {
        var agreement = A.Charging();
        List<double> looks = [];
        while (looks is [] or [.., < 24])
        {
            var at = agreement.FindOpen(Key)!.NextLookAt;
            looks.Add((at - A.Morning).TotalHours);
            agreement = agreement.Unfound(Key, at.AddSeconds(1)).Agreement;
        }

        Assert.Equal([0.05, 1 / 6.0, 0.5, 2, 6, 10, 14, 18, 22, 26], looks);
        Assert.Equal(9, agreement.FindOpen(Key)!.Sends);
    }

    [Fact]
    public void The_three_minutes_count_from_the_last_send()
    {
        var again = A.Charging().Reclaim(Key, A.Morning.AddMinutes(10)).Agreement;

        Assert.Null(again.Reclaim(Key, A.Morning.AddMinutes(13)).Claim);
        Assert.Equal(3, again.Reclaim(Key, A.Morning.AddMinutes(14)).Claim!.Sends);
    }

    [Fact]
    public void The_twenty_hours_count_from_the_first_send()
    {
        var again = A.Charging().Reclaim(Key, A.Morning.AddHours(19)).Agreement;

        Assert.Null(again.Reclaim(Key, A.Morning.AddHours(20)).Claim);
    }

    [Fact]
    public void A_resend_is_counted_and_claimed()
    {
        var now = A.Morning.AddMinutes(10);
        var change = A.Charging().Reclaim(Key, now);

        Assert.Equal(new Claim(Key, 2, now), change.Claim);
        Assert.Equal((2, A.Morning, now), Clocks(change));
    }

    [Fact]
    public void A_resend_keeps_its_reference_and_its_key()
    {
        var (before, after) = (A.Charging().Open[0], A.Charging().Reclaim(Key, A.Morning.AddMinutes(10)).Moved());

        Assert.Equal((before.Reference, before.IdempotencyKey), (after.Reference, after.IdempotencyKey));
    }

    [Fact]
    public void An_unsent_attempt_starts_its_clock_with_its_next_send()
    {
        var now = A.Morning.AddDays(3);
        var change = A.Open(Unsent()).Reclaim(Key, now);

        Assert.Equal((1, now, now), Clocks(change));
    }

    [Fact]
    public void What_PPRO_is_known_to_have_is_never_sent_again() =>
        AssertNotSent(A.Open(A.Charging().Open[0] with { ProviderId = "chr_1" }));

    [Fact]
    public void What_is_pending_is_never_sent_again() =>
        AssertNotSent(A.Open(A.Charging().Open[0] with { State = AttemptState.Pending }));

    [Fact]
    public void What_travelled_with_the_agreement_is_never_sent_by_itself() =>
        AssertNotSent(A.Open(A.Charging().Open[0] with { IsInitial = true }));

    [Fact]
    public void An_agreement_that_is_ending_sends_nothing_again() =>
        AssertNotSent(A.Charging() with { Ending = new(A.Morning, EndedBy.Operator, null) });

    [Fact]
    public void An_agreement_with_an_exception_sends_nothing_again() => AssertNotSent(A.Charging().Stopped());

    [Fact]
    public void A_revoked_agreement_sends_nothing_again()
    {
        var charging = A.Charging();
        var provider = charging.Provider with { Status = AgreementStatus.RevokedByConsumer };

        AssertNotSent(charging with { Provider = provider });
    }

    [Fact]
    public void An_attempt_that_is_not_found_is_sent_again()
    {
        var change = A.Charging().Unfound(Key, A.Morning.AddMinutes(10));

        Assert.Equal(2, change.Claim!.Sends);
    }

    [Fact]
    public void An_attempt_that_is_not_found_while_charging_is_stopped_waits()
    {
        var change = A.Charging().Unfound(Key, A.Morning.AddMinutes(10), maySend: false);

        Assert.Null(change.Claim);
        Assert.Equal((AttemptState.InDoubt, 1), (change.Moved().State, change.Moved().Sends));
    }

    [Fact]
    public void One_whose_sender_may_have_died_before_it_left_waits_until_its_agreement_is_heard_of()
    {
        var (now, stale) = (A.Morning.AddMinutes(4), A.Morning - A.Rules.Freshness);
        var charging = A.Charging();
        var unheard = charging with { Provider = charging.Provider with { ConfirmedAt = stale } };

        var looked = unheard.NotFound(Key, maySend: true, A.Rules, now);

        Assert.Null(looked.Claim);
        Assert.Equal(AttemptState.InDoubt, looked.Agreement.FindOpen(Key)!.State);
        Assert.Contains(new LookStep.Read(), looked.Agreement.Steps(now));
    }

    [Fact]
    public void An_attempt_that_is_not_found_after_20_hours_waits()
    {
        var now = A.Morning.AddHours(21);
        var change = A.Charging().Unfound(Key, now);

        Assert.Null(change.Claim);
        Assert.Equal((AttemptState.InDoubt, now), (change.Moved().State, change.Moved().LastLookAt));
    }

    [Theory]
    [InlineData("3.00:01:29", AttemptState.InDoubt)]
    [InlineData("3.00:01:30", AttemptState.NeverHappened)] // 72 h + 30 s + 60 s
    [InlineData("-30.00:00:00", AttemptState.InDoubt)]
    public void An_attempt_that_stays_unfound_for_72_hours_after_the_last_possible_send_never_happened(
        string after,
        AttemptState state
    ) => Assert.Equal(state, A.Charging().Unfound(Key, A.Morning + TimeSpan.Parse(after)).Moved().State);

    [Fact]
    public void The_72_hours_count_from_the_last_claim()
    {
        var again = A.Charging().Reclaim(Key, A.Morning.AddHours(19)).Agreement;
        var change = again.Unfound(Key, A.Morning.AddHours(72).AddSeconds(90));

        Assert.Equal(AttemptState.InDoubt, change.Moved().State);
    }

    [Fact]
    public void What_never_happened_goes_on_the_dunning_plan_while_its_period_is_current()
    {
        var plan = A.Charging().Unfound(Key, A.Morning.AddHours(73)).Agreement.Plan;

        Assert.Equal(2, plan.Dunning!.NextAttempt);
    }

    [Fact]
    public void What_never_happened_is_past_due_when_its_period_is_over()
    {
        var plan = A.Charging().Unfound(Key, A.Morning.AddDays(40)).Agreement.Plan;

        Assert.Equal((null, true), (plan.Dunning, plan.IsPastDue));
    }

    [Fact]
    public void An_attempt_with_PPROs_id_cannot_be_not_found()
    {
        var agreement = A.Open(A.Charging().Open[0] with { ProviderId = "chr_1" });

        var change = agreement.Unfound(Key, A.Morning.AddDays(5));

        Assert.Null(change.Claim);
        Assert.Equal(AttemptState.InDoubt, change.Agreement.Open[0].State);
    }

    [Fact]
    public void Several_charges_for_one_reference_call_for_a_person()
    {
        var agreement = A.Charging()
            .HearSeveral(A.Charging().Open[0], [A.Pending(), A.Pending("chr_2")], A.Rules, A.Morning)
            .Agreement;

        Assert.NotNull(agreement.WhyStopped());
        Assert.Single(agreement.Open);
    }

    private static Attempt Unsent() => A.Charging().Open[0] with { State = AttemptState.Unsent, Sends = 0 };

    private static (int, DateTimeOffset?, DateTimeOffset?) Clocks(Change change) =>
        (change.Moved().Sends, change.Moved().FirstSentAt, change.Moved().LastClaimedAt);

    private static void AssertNotSent(Agreement agreement) =>
        Assert.Same(agreement, agreement.Reclaim(Key, A.Morning.AddMinutes(10)).Agreement);
}
