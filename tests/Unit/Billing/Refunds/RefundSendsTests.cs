using Billing;

namespace Unit.Tests.BillingTests;

/// <summary>What a refund that was sent comes to, and what its row then says to an operator.</summary>
public sealed class RefundSendsTests
{
    private const string OnlyThis = "PPRO refuses this refund, and nothing else: HTTP 400";
    private static readonly DateTimeOffset Later = RefundStory.Asked.AddMinutes(10);
    private static readonly TimeSpan Wait = TimeSpan.FromMinutes(15);

    [Theory]
    [InlineData(RefusalKind.Request, 1, RefundState.NotExecuted, "HTTP 400", null)]
    [InlineData(RefusalKind.NotFound, 1, RefundState.NotExecuted, "HTTP 400", null)]
    [InlineData(RefusalKind.Credentials, 1, RefundState.Unsent, "HTTP 400", null)]
    [InlineData(RefusalKind.RateLimited, 1, RefundState.Unsent, "HTTP 400", null)]
    [InlineData(RefusalKind.Agreement, 1, RefundState.Unsent, "HTTP 400", OnlyThis)]
    [InlineData(RefusalKind.Request, 2, RefundState.InDoubt, "HTTP 400 to a resend", null)]
    [InlineData(RefusalKind.Credentials, 2, RefundState.InDoubt, "HTTP 400 to a resend", null)]
    [InlineData(RefusalKind.Agreement, 2, RefundState.InDoubt, "HTTP 400 to a resend", OnlyThis)]
    public void A_refusal_is_written_down_and_only_one_of_this_refund_alone_calls_for_a_person(
        RefusalKind kind,
        int sends,
        RefundState state,
        string word,
        string? why
    )
    {
        var refused = RefundStory
            .Begun()
            .As(it => it with { Sends = sends })
            .Answered(new Answer<RefundReading>.Refused(new(kind, 400, "no")), Later);

        Assert.Equal((state, word), (refused.Refund.State, refused.LastWord));
        Assert.Equal(why is null ? null : $"{refused.Refund.Id}: {why}", refused.Why);
        var wait = kind is RefusalKind.RateLimited ? TimeSpan.FromMinutes(1) : Wait; // as for a charge
        Assert.Equal(state is RefundState.Unsent ? Later + wait : null, refused.Refund.RecheckAt);
    }

    [Fact]
    public void An_answer_that_was_held_up_does_not_undo_what_an_event_told_since()
    {
        var (made, failed) = (Later, Later.AddMinutes(11));
        var told = RefundStory
            .Begun()
            .Read(RefundStory.Says(RefundStatus.Refunded, at: made), Later.AddMinutes(10))
            .Heard(RefundStory.Event(PproEventKind.RefundFailed, failed), failed);

        var late = new Answer<RefundReading>.Said(RefundStory.Says(RefundStatus.Refunded, at: made));
        var answered = told.Answered(late, failed.AddMinutes(15));

        Assert.Equal((RefundState.Pending, "made, and failed since"), (answered.Refund.State, answered.LastWord));
        Assert.Equal((0, failed), (answered.Agreement.RefundedMinorUnits, answered.Refund.RecheckAt));
    }

    [Fact]
    public void A_refused_request_leaves_PPROs_own_text_as_the_failure_and_is_no_longer_open()
    {
        var refused = RefundStory
            .Begun()
            .Answered(new Answer<RefundReading>.Refused(new(RefusalKind.Request, 422, "amount too small")), Later);

        Assert.Equal(
            new Failure("REQUEST_REFUSED", "HTTP 422", "amount too small", IsRetryable: false),
            refused.Refund.Failure
        );
        Assert.Empty(refused.Agreement.OpenRefunds);
        Assert.Equal(9_900, refused.Charge.RefundableMinorUnits);
    }

    [Theory]
    [InlineData(true, "20260115-1: the late first charge could not be refunded")]
    [InlineData(false, null)]
    public void A_refund_that_is_owed_and_took_nothing_calls_for_a_person(bool isOwed, string? why) =>
        Assert.Equal(
            why,
            RefundStory
                .Begun(isOwed)
                .Answered(new Answer<RefundReading>.Refused(new(RefusalKind.Request, 400, "no")), Later)
                .Why
        );

    [Fact]
    public void Silence_is_written_down_as_it_was()
    {
        var silent = RefundStory.Begun().Answered(new Answer<RefundReading>.InDoubt("timeout"), Later);

        Assert.Equal((RefundState.InDoubt, 1), (silent.Refund.State, silent.Refund.Sends));
        Assert.Equal(["intended", "timeout"], silent.Words);
    }

    [Fact]
    public void An_only_send_that_did_not_leave_waits_a_quarter_of_an_hour()
    {
        var begun = RefundStory.Begun();

        var unsent = begun.After(
            begun.Agreement.RefundNotSent(begun.Claim, begun.Charge, "charging is stopped", Later)
        );

        Assert.Equal("not sent: charging is stopped", unsent.LastWord);
        Assert.Equal(
            (RefundState.Unsent, 0, Later + Wait),
            (unsent.Refund.State, unsent.Refund.Sends, unsent.Refund.RecheckAt)
        );
    }

    [Fact]
    public void A_resend_that_did_not_leave_stays_in_doubt()
    {
        var resent = RefundStory.Begun().As(it => it with { Sends = 2 });

        Assert.Same(
            resent.Agreement,
            resent.Agreement.RefundNotSent(resent.Claim, resent.Charge, "late", Later).Agreement
        );
    }

    [Theory]
    [InlineData(RefundState.Unsent)]
    [InlineData(RefundState.InDoubt)]
    public void A_look_that_found_nothing_and_may_not_send_leaves_a_refund_to_its_next_look(RefundState state)
    {
        var begun = RefundStory.Begun().As(it => it with { State = state, RecheckAt = RefundStory.Asked });

        Assert.All(
            [
                begun.Unfound(Later, maySend: false),
                begun.After(begun.Agreement.RefundLooked(begun.Refund.Id, begun.Charge, Later)),
            ],
            looked =>
            {
                Assert.Equal((state, "looked for"), (looked.Refund.State, looked.LastWord));
                Assert.Equal(Later, looked.Refund.LastLookAt);
                Assert.Equal(state is RefundState.Unsent ? Later + Wait : null, looked.Refund.RecheckAt);
                Assert.Equal(looked.Refund, Assert.Single(looked.Agreement.OpenRefunds));
            }
        );
    }

    [Fact]
    public void A_refund_in_doubt_that_is_not_found_is_sent_a_second_time_and_its_first_send_stays_known()
    {
        var again = RefundStory.Begun().Unfound(Later);

        Assert.Equal(
            (RefundState.InDoubt, 2, "sent, time 2"),
            (again.Refund.State, again.Refund.Sends, again.LastWord)
        );
        Assert.Equal((RefundStory.Asked, Later), (again.Refund.FirstSentAt, again.Refund.LastClaimedAt));
        Assert.Equal(new Claim(again.Refund.Id, 2, Later), again.Last!.Claim);
    }

    [Fact]
    public void A_refund_that_never_left_starts_its_clock_with_its_next_send()
    {
        var again = RefundStory.Begun().As(it => it with { State = RefundState.Unsent, Sends = 0 }).Unfound(Later);

        Assert.Equal(
            (RefundState.InDoubt, 1, "sent, time 1"),
            (again.Refund.State, again.Refund.Sends, again.LastWord)
        );
        Assert.Equal((Later, Later), (again.Refund.FirstSentAt, again.Refund.LastClaimedAt));
        Assert.Equal(new Claim(again.Refund.Id, 1, Later), again.Last!.Claim);
    }

    [Fact]
    public void One_that_never_left_says_when_its_time_was_over()
    {
        var late = RefundStory
            .Begun()
            .As(it => it with { State = RefundState.Unsent, Sends = 0 })
            .Unfound(A.Morning.AddDays(364));

        Assert.Equal((RefundState.NotExecuted, "too late to send"), (late.Refund.State, late.LastWord));
        Assert.Empty(late.Agreement.OpenRefunds);
    }

    [Theory]
    [InlineData(-1, RefundState.InDoubt, "looked for")]
    [InlineData(0, RefundState.NeverHappened, "never happened")] // 72 h + 30 s + 60 s
    public void One_that_stays_unfound_for_72_hours_after_its_last_possible_send_never_happened(
        int seconds,
        RefundState state,
        string word
    )
    {
        var now = RefundStory.Asked.AddHours(72).AddSeconds(90 + seconds);

        var unfound = RefundStory.Begun().Unfound(now);

        Assert.Equal((state, word), (unfound.Refund.State, unfound.LastWord));
        Assert.Equal(now, unfound.Refund.LastLookAt);
        Assert.Null(unfound.Last!.Claim);
    }
}
