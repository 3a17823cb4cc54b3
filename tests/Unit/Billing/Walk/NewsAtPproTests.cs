using Billing;

namespace Unit.Tests.BillingTests;

/// <summary>What in PPRO's list has still to be heard, and what the books say already.</summary>
public sealed class NewsAtPproTests
{
    [Theory]
    [InlineData(AttemptState.Waiting, ChargeStatus.Captured, false)] // left to the approval's own looks
    [InlineData(AttemptState.Waiting, ChargeStatus.NotCaptured, false)]
    [InlineData(AttemptState.InDoubt, ChargeStatus.Captured, true)]
    [InlineData(AttemptState.Declined, ChargeStatus.Captured, true)]
    [InlineData(AttemptState.Captured, ChargeStatus.Captured, false)]
    [InlineData(AttemptState.Pending, ChargeStatus.NotCaptured, true)]
    [InlineData(AttemptState.Captured, ChargeStatus.NotCaptured, false)]
    [InlineData(AttemptState.Declined, ChargeStatus.NotCaptured, false)]
    [InlineData(AttemptState.InDoubt, ChargeStatus.Pending, true)]
    [InlineData(AttemptState.Pending, ChargeStatus.Pending, false)]
    [InlineData(AttemptState.Captured, ChargeStatus.Pending, false)]
    public void A_charge_is_news_when_PPRO_knows_more_of_it(AttemptState ours, ChargeStatus theirs, bool isNews) =>
        Assert.Equal(isNews, Reconciliation.IsNews(Books.Ours(ours), Books.Theirs(theirs)));

    [Theory]
    [InlineData(RefundState.InDoubt, RefundStatus.Pending, true)]
    [InlineData(RefundState.Deferred, RefundStatus.Pending, true)]
    [InlineData(RefundState.Pending, RefundStatus.Pending, false)]
    [InlineData(RefundState.Pending, RefundStatus.Refunded, true)]
    [InlineData(RefundState.Pending, RefundStatus.Failed, true)]
    [InlineData(RefundState.Failed, RefundStatus.Refunded, true)]
    [InlineData(RefundState.NeverHappened, RefundStatus.Refunded, true)]
    [InlineData(RefundState.Refunded, RefundStatus.Refunded, false)]
    [InlineData(RefundState.Rejected, RefundStatus.Refunded, false)]
    [InlineData(RefundState.Refunded, RefundStatus.Failed, true)]
    [InlineData(RefundState.Rejected, RefundStatus.Failed, true)]
    [InlineData(RefundState.Failed, RefundStatus.Failed, false)]
    [InlineData(RefundState.Refunded, RefundStatus.Pending, false)]
    [InlineData(null, RefundStatus.Refunded, true)]
    [InlineData(null, RefundStatus.Failed, false)]
    [InlineData(null, RefundStatus.Pending, false)]
    public void A_refund_is_news_when_PPRO_decided_it_otherwise_or_made_one_of_its_own(
        RefundState? ours,
        RefundStatus theirs,
        bool isNews
    ) =>
        Assert.Equal(
            isNews,
            Reconciliation.IsNews(ours is { } state ? Books.RefundOf(state) : null, Books.RefundAtPpro(theirs))
        );

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public void What_moved_after_it_was_compared_is_compared_again(int ticks, bool isDue)
    {
        var (compared, now) = (A.Morning, A.Morning.AddDays(10));

        Assert.Equal(isDue, WalkRules.IsCompareDue(compared, compared.AddTicks(ticks), now));
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    public void A_look_is_late_from_one_hour_on(int ticks, bool isLate) =>
        Assert.Equal(isLate, WalkRules.IsLate(A.Morning, A.Morning.AddHours(1).AddTicks(ticks)));
}
