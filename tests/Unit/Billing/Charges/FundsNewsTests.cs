using System.Collections.Immutable;
using Billing;

namespace Unit.Tests.BillingTests;

public sealed class FundsNewsTests
{
    private static readonly FundsNews Waiting = new("capture_1", "CAPTURE_FUNDS_WAITING", A.Morning);
    private static readonly FundsNews Received = new("capture_1", "CAPTURE_FUNDS_RECEIVED", A.Morning.AddSeconds(10));
    private static readonly FundsNews Sent = new("refund_1", "REFUND_FUNDS_SENT", A.Morning);

    [Fact]
    public void The_newest_word_of_each_operation_stays_in_whatever_order_they_come()
    {
        FundsNews[][] orders =
        [
            [Waiting, Received, Sent],
            [Received, Waiting, Sent],
            [Sent, Received, Received, Waiting],
        ];

        Assert.All(orders, order => Assert.Equal([Received, Sent], Merged(order).OrderBy(it => it.OperationId)));
    }

    [Fact]
    public void Of_one_moment_the_later_state_wins_in_either_order()
    {
        var missing = Waiting with { State = "CAPTURE_FUNDS_MISSING" };

        Assert.Equal([missing], Merged(Waiting, missing).AsEnumerable());
        Assert.Equal([missing], Merged(missing, Waiting).AsEnumerable());
    }

    [Fact]
    public void Every_capture_and_refund_leaves_what_moved_once()
    {
        var agreement = A.Charging();
        var captured = agreement.Hear(agreement.Open[0], A.Captured(), A.Rules, A.Morning);
        var again = captured.Agreement.Hear(captured.Moved(), A.Captured(), A.Rules, A.Morning);

        var moved = Assert.Single(captured.Facts.OfType<Fact.MoneyMoved>());
        Assert.Equal(("20260115-1", null, 9_900), (moved.ChargeKey, moved.RefundId, moved.MinorUnits));
        Assert.Empty(again.Facts);
    }

    private static ImmutableArray<FundsNews> Merged(params FundsNews[] heard) =>
        heard.Aggregate(ImmutableArray<FundsNews>.Empty, FundsNews.Merge);
}
