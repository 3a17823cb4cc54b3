using Billing;

namespace Unit.Tests.BillingTests;

/// <summary>What PPRO says of refunds when it is read, or lists them.</summary>
public sealed class RefundReadingsTests
{
    private const string AfterAll = "a refund failed after it had been made";
    private const string Unsupported = "REFUND_NOT_SUPPORTED";
    private static readonly DateTimeOffset At = RefundStory.Asked.AddHours(1);
    private static readonly DateTimeOffset Now = At.AddHours(1);

    [Theory]
    [InlineData(RefundStatus.Pending, null, RefundState.Pending, "Pending")]
    [InlineData(RefundStatus.Refunded, null, RefundState.Refunded, "Refunded")]
    [InlineData(RefundStatus.Failed, Unsupported, RefundState.Failed, "Failed REFUND_NOT_SUPPORTED")]
    [InlineData(RefundStatus.Failed, "RETRY_REFUND_LATER", RefundState.Deferred, "Deferred RETRY_REFUND_LATER")]
    [InlineData(RefundStatus.Failed, null, RefundState.Failed, "Failed")]
    public void What_is_read_is_written_down_in_a_word(
        RefundStatus status,
        string? code,
        RefundState state,
        string word
    )
    {
        var begun = RefundStory.Begun();

        Assert.All(
            [
                begun.Read(RefundStory.Says(status, code, At), Now),
                begun.Listed(RefundStory.Says(status, code, At), Now),
                begun.Answered(new Answer<RefundReading>.Said(RefundStory.Says(status, code, At)), Now),
            ],
            heard =>
            {
                Assert.Equal((state, word), (heard.Refund.State, heard.LastWord));
                Assert.Equal(state < RefundState.Refunded ? 1 : 0, heard.Agreement.OpenRefunds.Length);
                Assert.Equal(state is RefundState.Refunded ? 1 : 0, heard.Refund.Moves);
                Assert.Null(heard.Why);
            }
        );
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Since_when_it_is_so_is_by_PPROs_clock_and_by_ours_only_when_PPRO_does_not_say(bool says)
    {
        DateTimeOffset? at = says ? At : null;

        Assert.Equal(at ?? Now, Read(RefundStatus.Refunded, null, at).Refund.MadeAt);
        Assert.Equal(at ?? Now, Read(RefundStatus.Failed, Unsupported, at).Refund.FailedAt);
        Assert.Equal(at ?? Now, Adopted(RefundStory.Says(RefundStatus.Refunded, null, at)).MadeAt);
        var closed = Read(RefundStatus.Failed, Unsupported, At.AddDays(-1));
        Assert.Equal(at ?? Now, closed.Listed(RefundStory.Says(RefundStatus.Refunded, null, at), Now).Refund.MadeAt);
    }

    [Theory]
    [InlineData(RefundStatus.Pending)]
    [InlineData(RefundStatus.Failed)]
    public void A_refund_that_PPRO_wants_later_is_not_moved_by_less_than_its_success(RefundStatus status)
    {
        var deferred = Read(RefundStatus.Failed, "RETRY_REFUND_LATER", At);
        var made = RefundStory.Says(RefundStatus.Refunded, null, Now);

        Assert.Same(deferred.Agreement, deferred.Read(RefundStory.Says(status, null, Now), Now).Agreement);
        Assert.Equal(RefundState.Refunded, deferred.Read(made, Now).Refund.State);
        Assert.Equal(4_000, deferred.Listed(made, Now).Agreement.RefundedMinorUnits);
    }

    [Fact]
    public void A_word_about_a_refund_of_another_name_is_not_believed()
    {
        var heard = RefundStory
            .Begun()
            .Read(RefundStory.Says(RefundStatus.Refunded) with { Reference = "another" }, Now);

        Assert.Equal((RefundState.InDoubt, "looked for"), (heard.Refund.State, heard.LastWord));
        Assert.Null(heard.Refund.ProviderId);
    }

    [Theory]
    [InlineData("refund_1", "refund_2")]
    [InlineData("refund_2", "refund_1")]
    public void Two_refunds_at_PPRO_for_one_of_ours_call_for_a_person_whichever_is_heard_first(string one, string other)
    {
        var first = RefundStory.Begun().Read(RefundStory.Says(RefundStatus.Pending) with { ProviderId = one }, At);
        var second = first.Read(RefundStory.Says(RefundStatus.Refunded) with { ProviderId = other }, Now);

        Assert.Equal($"{first.Refund.Id}: it is refund_1 and also refund_2 at PPRO", second.Why);
        Assert.Equal((RefundState.Refunded, other), (second.Refund.State, second.Refund.ProviderId));
    }

    [Fact]
    public void What_an_event_said_of_a_failure_is_kept_when_a_read_confirms_it_and_forgotten_when_it_was_made()
    {
        var happened = RefundStory.Event(PproEventKind.RefundFailed, At) with
        {
            Failure = new("T", Unsupported, "no", null),
        };
        var failing = RefundStory.Begun().Heard(happened, At);

        Assert.Equal(
            Unsupported,
            failing.Read(RefundStory.Says(RefundStatus.Failed, null, At), Now).Refund.Failure?.Code
        );
        Assert.Equal(Unsupported, failing.Read(RefundStory.Says(RefundStatus.Pending), Now).Refund.Failure?.Code);
        Assert.Null(failing.Read(RefundStory.Says(RefundStatus.Refunded, null, Now), Now).Refund.Failure);
    }

    [Fact]
    public void A_failure_of_what_was_never_made_calls_for_nobody() =>
        Assert.Null(Read(RefundStatus.Failed, Unsupported, At).Why);

    [Theory]
    [InlineData(true)]
    [InlineData(false)] // an old row, which does not say when
    public void A_failure_of_what_had_been_made_calls_for_a_person(bool saysWhen)
    {
        var made = Read(RefundStatus.Refunded, null, At);
        var known = saysWhen ? made : made with { Refund = made.Refund with { MadeAt = null } };

        var failed = known.Listed(RefundStory.Says(RefundStatus.Failed, Unsupported, Now), Now);

        Assert.Equal($"{made.Refund.Id}: {AfterAll}", failed.Why);
        Assert.Equal((0, 9_900), (failed.Agreement.RefundedMinorUnits, failed.Charge.RefundableMinorUnits));
        Assert.Equal(2, failed.Refund.Moves);
    }

    [Fact]
    public void The_read_that_confirms_it_calls_for_a_person_again()
    {
        var taken = Read(RefundStatus.Refunded, null, At)
            .Heard(RefundStory.Event(PproEventKind.RefundFailed, Now), Now);
        var accepted = taken.After(taken.Agreement.AcceptStop(taken.Refund.Id, AfterAll));

        var failed = accepted.Read(RefundStory.Says(RefundStatus.Failed, Unsupported, Now), Now.AddHours(1));

        Assert.Equal((null, $"{taken.Refund.Id}: {AfterAll}"), (accepted.Why, failed.Why));
    }

    [Fact]
    public void A_success_of_what_was_closed_says_so_to_a_person()
    {
        var closed = Read(RefundStatus.Failed, Unsupported, At);

        var made = closed.Listed(RefundStory.Says(RefundStatus.Refunded, null, Now), Now);

        Assert.Equal($"{closed.Refund.Id}: a refund was made after it had been closed", made.Why);
        Assert.Equal((RefundState.Refunded, 4_000), (made.Refund.State, made.Agreement.RefundedMinorUnits));
    }

    [Fact]
    public void A_success_of_no_amount_is_one_of_what_was_asked_for()
    {
        var made = RefundStory.Begun().Read(RefundStory.Says(RefundStatus.Refunded) with { MinorUnits = 0 }, Now);

        Assert.Equal((new Money(4_000, "KRW"), null), (made.Refund.Amount, made.Why));
        Assert.Equal(4_000, made.Agreement.RefundedMinorUnits);
    }

    [Theory]
    [InlineData("refund_1", "REFUND_FUNDS_REJECTED", RefundState.Rejected)]
    [InlineData("refund_1", "REFUND_FUNDS_SENT", RefundState.Refunded)]
    [InlineData("refund_2", "REFUND_FUNDS_REJECTED", RefundState.Refunded)]
    public void Only_the_news_of_its_own_money_says_that_it_was_sent_back(string of, string word, RefundState state)
    {
        var begun = RefundStory.Begun();
        var known = begun with { Charge = begun.Charge with { Funds = [new(of, word, At)] } };

        Assert.Equal(state, known.Read(RefundStory.Says(RefundStatus.Refunded, null, At), Now).Refund.State);
    }

    private static RefundStory Read(RefundStatus status, string? code, DateTimeOffset? at) =>
        RefundStory.Begun().Read(RefundStory.Says(status, code, at), Now);

    private static Refund Adopted(RefundReading reading)
    {
        var (agreement, charge) = RefundStory.Paid();
        return agreement.HearRefundAtPpro(charge, null, reading, Now).Facts.OfType<Fact.NewRefund>().Single().Refund;
    }
}
