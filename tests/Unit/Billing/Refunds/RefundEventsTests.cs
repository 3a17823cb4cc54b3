using Billing;

namespace Unit.Tests.BillingTests;

/// <summary>Events of refunds: the newest word counts, by PPRO's clock, and what they leave is said in words.</summary>
public sealed class RefundEventsTests
{
    private const string AfterAll = "a refund failed after it had been made";
    private static readonly DateTimeOffset At = RefundStory.Asked.AddHours(1);
    private static readonly DateTimeOffset Now = At.AddHours(1);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_moment_is_by_PPROs_clock_and_by_ours_only_when_PPRO_does_not_say(bool says)
    {
        DateTimeOffset? at = says ? At : null;

        var made = RefundStory.Begun().Heard(RefundStory.Event(PproEventKind.RefundSucceeded, at), Now);
        var failed = RefundStory.Begun().Heard(RefundStory.Event(PproEventKind.RefundFailed, at), Now);

        Assert.Equal((at ?? Now, null), (made.Refund.MadeAt, made.Refund.FailedAt));
        Assert.Equal((null, at ?? Now), (failed.Refund.MadeAt, failed.Refund.FailedAt));
        Assert.Equal(Now, failed.Refund.RecheckAt);
    }

    [Theory]
    [InlineData(-1, "made, and failed since", 0)]
    [InlineData(0, "made, and failed since", 0)] // of one moment the failure counts
    [InlineData(1, "Refunded", 4_000)]
    public void A_success_that_comes_after_its_failure_counts_when_it_is_newer(int seconds, string word, long given)
    {
        var heard = RefundStory
            .Begun()
            .Heard(RefundStory.Event(PproEventKind.RefundFailed, At), Now)
            .Heard(RefundStory.Event(PproEventKind.RefundSucceeded, At.AddSeconds(seconds)), Now);

        Assert.Equal(["intended", "failed, by its event", word], heard.Words);
        Assert.Equal(given, heard.Agreement.RefundedMinorUnits);
        Assert.Equal(given is 0 ? $"{heard.Refund.Id}: {AfterAll}" : null, heard.Why);
        Assert.Equal(At.AddSeconds(seconds), heard.Refund.MadeAt);
    }

    [Theory]
    [InlineData(-1, "Refunded", 4_000)]
    [InlineData(0, "failed, by its event", 0)] // of one moment the failure counts
    [InlineData(1, "failed, by its event", 0)]
    public void A_failure_that_comes_after_the_success_counts_unless_it_is_older(int seconds, string word, long given)
    {
        var heard = RefundStory
            .Begun()
            .Heard(RefundStory.Event(PproEventKind.RefundSucceeded, At), Now)
            .Heard(RefundStory.Event(PproEventKind.RefundFailed, At.AddSeconds(seconds)), Now);

        Assert.Equal((word, given), (heard.LastWord, heard.Agreement.RefundedMinorUnits));
        Assert.Equal(given is 0 ? $"{heard.Refund.Id}: {AfterAll}" : null, heard.Why);
    }

    [Theory]
    [InlineData("REFUND_NOT_SUPPORTED", RefundState.Failed)]
    [InlineData("RETRY_REFUND_LATER", RefundState.Deferred)]
    public void The_event_of_a_failure_that_was_read_already_says_nothing_new(string code, RefundState state)
    {
        var failed = RefundStory.Begun().Read(RefundStory.Says(RefundStatus.Failed, code, At), Now);

        var again = failed.Heard(RefundStory.Event(PproEventKind.RefundFailed, At), Now.AddMinutes(1));

        Assert.Equal(state, failed.Refund.State);
        Assert.Empty(again.Last!.Facts);
        Assert.Equal(failed.Agreement.OpenRefunds.AsEnumerable(), again.Agreement.OpenRefunds.AsEnumerable());
        Assert.Null(again.Why);
    }

    [Theory]
    [InlineData(19, RefundState.Pending, 20)]
    [InlineData(20, RefundState.Failed, 20)] // there is no room to read one more
    public void A_failed_refund_of_PPROs_portal_is_kept_and_read_while_there_is_room(
        int others,
        RefundState state,
        int open
    )
    {
        var (agreement, charge) = RefundStory.Paid();
        var full = agreement with { OpenRefunds = RefundStory.Others(others) };

        var change = full.Apply(RefundStory.Event(PproEventKind.RefundFailed, At), charge, null, Now);

        var adopted = change.Facts.OfType<Fact.NewRefund>().Single().Refund;
        Assert.Equal((state, "failed at PPRO"), (adopted.State, adopted.History[^1].What));
        Assert.Equal((At, Now), (adopted.FailedAt, adopted.RecheckAt));
        Assert.Equal(open, change.Agreement.OpenRefunds.Length);
        Assert.Null(change.Agreement.WhyStopped());
    }

    [Theory]
    [InlineData(18)]
    [InlineData(19)] // and itself
    public void One_that_is_open_already_needs_no_room_to_be_read(int others)
    {
        var begun = RefundStory.Begun();
        var full = begun with
        {
            Agreement = begun.Agreement with { OpenRefunds = [.. RefundStory.Others(others), begun.Refund] },
        };

        var failed = full.Heard(RefundStory.Event(PproEventKind.RefundFailed, At), Now);

        Assert.Equal((RefundState.Pending, others + 1), (failed.Refund.State, failed.Agreement.OpenRefunds.Length));
    }

    [Fact]
    public void An_event_that_names_no_amount_means_what_was_asked_for()
    {
        var happened = RefundStory.Event(PproEventKind.RefundSucceeded, At) with { AmountMinorUnits = null };

        var made = RefundStory.Begun().Heard(happened, Now);

        Assert.Equal(
            (new Money(4_000, "KRW"), 4_000, null),
            (made.Refund.Amount, made.Agreement.RefundedMinorUnits, made.Why)
        );
    }
}
