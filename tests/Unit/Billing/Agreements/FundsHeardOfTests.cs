using Billing;

namespace Unit.Tests.BillingTests;

/// <summary>Where the money of a charge is, by PPRO's events and by a read.</summary>
public sealed class FundsHeardOfTests
{
    private const string Received = "CAPTURE_FUNDS_RECEIVED";
    private const string Rejected = "REFUND_FUNDS_REJECTED";
    private const string Sent = "REFUND_FUNDS_SENT";
    private static readonly DateTimeOffset Moment = A.Morning.AddHours(1);
    private static readonly DateTimeOffset Later = A.Morning.AddHours(2);

    [Fact]
    public void An_event_counts_by_PPROs_clock_and_without_one_by_ours()
    {
        var refunded = Refunded();

        Assert.Equal(
            [new("capture_1", Received, Moment)],
            Hear(refunded, "capture_1", Received, Moment).Charge.Funds.AsEnumerable()
        );
        Assert.Equal(
            [new("capture_1", Received, Later)],
            Hear(refunded, "capture_1", Received, null).Charge.Funds.AsEnumerable()
        );
    }

    [Fact]
    public void An_event_that_tells_what_is_known_or_older_changes_nothing()
    {
        var heard = Hear(Refunded(), "capture_1", Received, Moment);

        Assert.Empty(Change(heard, "capture_1", Received, Moment).Facts);
        Assert.Empty(Change(heard, "capture_1", "CAPTURE_FUNDS_MISSING", Moment.AddSeconds(-1)).Facts);
        Assert.Single(Change(heard, "capture_1", "CAPTURE_FUNDS_MISSING", Moment.AddSeconds(1)).Facts);
    }

    [Fact]
    public void A_read_tells_what_is_new_and_nothing_else()
    {
        var refunded = Refunded();

        var first = Read(refunded, Moment, ("capture_1", Received), ("refund_1", "REFUND_FUNDS_WAITING"));
        var second = Read(first, Later, ("capture_1", Received), ("refund_1", Sent));
        var third = Read(second, Later, ("refund_2", Sent));

        Assert.Equal(
            [new("capture_1", Received, Moment), new("refund_1", "REFUND_FUNDS_WAITING", Moment)],
            first.Charge.Funds.AsEnumerable()
        );
        Assert.Equal(
            [new("capture_1", Received, Moment), new("refund_1", Sent, Later)],
            second.Charge.Funds.AsEnumerable()
        );
        Assert.Equal((Sent, Later), (second.Charge.History[^1].What, second.Agreement.FundsNewsAt));
        Assert.Equal(["capture_1", "refund_1", "refund_2"], third.Charge.Funds.Select(it => it.OperationId));
    }

    [Fact]
    public void A_read_that_tells_nothing_new_changes_nothing()
    {
        var heard = Read(Refunded(), Moment, ("capture_1", Received), ("refund_1", Sent));

        Assert.All(
            (FundsStatus[][])
                [
                    [],
                    [new("capture_1", Received)],
                    [new("refund_1", Sent)],
                    [new("refund_1", Sent), new("capture_1", Received)],
                ],
            statuses =>
                Assert.Same(
                    heard.Agreement,
                    heard.Agreement.HearFunds(heard.Charge, [heard.Refund], new([.. statuses]), Later).Agreement
                )
        );
    }

    [Fact]
    public void Money_that_was_sent_back_and_then_went_after_all_is_told_in_the_refunds_history()
    {
        var captured = Hear(Refunded(), "capture_1", Received, A.Morning);

        var back = Hear(captured, "refund_1", Rejected, Moment);
        var other = Hear(back, "refund_2", Rejected, Later);
        var gone = Hear(back, "refund_1", Sent, Later);

        Assert.Equal((RefundState.Rejected, "sent back", 0), Told(back));
        Assert.Equal((RefundState.Rejected, "sent back", 0), Told(other));
        Assert.Equal((RefundState.Refunded, "went after all", 4_000), Told(gone));
        Assert.Equal($"{back.Refund.Id}: the consumer's bank sent a refund back", back.Agreement.WhyStopped());
    }

    [Fact]
    public void What_became_of_another_refunds_money_says_nothing_of_this_one()
    {
        var captured = Hear(Refunded(), "capture_1", Received, A.Morning);

        var other = Hear(captured, "refund_2", Rejected, Moment);

        Assert.Equal((RefundState.Refunded, "Refunded", 4_000), Told(other));
        Assert.Null(other.Agreement.WhyStopped());
    }

    [Fact]
    public void Money_that_was_sent_back_stays_so_however_many_other_refunds_are_heard_of()
    {
        var back = Hear(Hear(Refunded(), "capture_1", Received, A.Morning), "refund_1", Rejected, A.Morning);

        (string, string)[] others = [.. Enumerable.Range(2, 30).Select(it => ($"refund_{it}", Sent))];
        var read = Read(back, Later, others);

        Assert.Equal((RefundState.Rejected, "sent back", 0), Told(read));
        Assert.Contains(read.Charge.Funds, it => it.OperationId is "refund_1");
        Assert.Equal(20, read.Charge.Funds.Length);
    }

    private static (RefundState, string, long) Told(State state) =>
        (state.Refund.State, state.Refund.History[^1].What, state.Agreement.RefundedMinorUnits);

    private static State Hear(State before, string operation, string word, DateTimeOffset? at) =>
        After(before, Change(before, operation, word, at));

    private static Change Change(State before, string operation, string word, DateTimeOffset? at)
    {
        var happened = A.ChargeEvent(PproEventKind.FundsStateChanged) with
        {
            Time = at,
            FundsOperationId = operation,
            FundsState = word,
        };
        return before.Agreement.Apply(happened, before.Charge, before.Refund, Later);
    }

    private static State Read(State before, DateTimeOffset now, params (string Operation, string Word)[] said)
    {
        var reading = new FundsReading([.. said.Select(it => new FundsStatus(it.Operation, it.Word))]);
        return After(before, before.Agreement.HearFunds(before.Charge, [before.Refund], reading, now));
    }

    private static State Refunded()
    {
        var charging = A.Charging();
        var paid = charging.Hear(charging.Open[0], A.Captured(), A.Rules, A.Morning);
        var intent = new RefundIntent(Refund.IdOf(paid.Moved().Key, "ref"), "ref", "key", "{}"u8.ToArray());
        var claimed = paid.Agreement.ClaimRefund(paid.Moved(), new(4_000, "KRW"), intent, A.Morning);
        var begun = new State(claimed.Agreement, claimed.Moved(), claimed.Agreement.OpenRefunds[0]);
        var reading = new RefundReading("refund_1", RefundStatus.Refunded, 4_000, "ref", null, A.Morning);
        return After(begun, begun.Agreement.HearRefund(begun.Refund.Id, begun.Charge, reading, A.Morning));
    }

    private static State After(State before, Change change) =>
        new(
            change.Agreement,
            change.Facts.OfType<Fact.AttemptMoved>().LastOrDefault()?.Attempt ?? before.Charge,
            change.Facts.OfType<Fact.RefundMoved>().LastOrDefault()?.Refund ?? before.Refund
        );

    /// <summary>The agreement, its charge and its refund as they are stored.</summary>
    private sealed record State(Agreement Agreement, Attempt Charge, Refund Refund);
}
