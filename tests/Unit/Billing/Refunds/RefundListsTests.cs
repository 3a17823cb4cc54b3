using Billing;

namespace Unit.Tests.BillingTests;

/// <summary>PPRO's own list of a charge's refunds, against our rows; and those of it that we never asked for.</summary>
public sealed class RefundListsTests
{
    private static readonly DateTimeOffset At = RefundStory.Asked.AddHours(1);
    private static readonly DateTimeOffset Now = At.AddHours(1);

    [Theory]
    [InlineData(RefundStatus.Pending, RefundStatus.Pending)]
    [InlineData(RefundStatus.Refunded, RefundStatus.Pending)]
    [InlineData(RefundStatus.Refunded, RefundStatus.Refunded)]
    [InlineData(RefundStatus.Failed, RefundStatus.Pending)]
    [InlineData(RefundStatus.Failed, RefundStatus.Failed)]
    public void What_is_known_already_or_decided_changes_nothing(RefundStatus known, RefundStatus listed)
    {
        var story = RefundStory.Begun().Read(RefundStory.Says(known, "REFUND_NOT_SUPPORTED", At), At);

        var again = story.Listed(RefundStory.Says(listed, "REFUND_NOT_SUPPORTED", At), Now);

        Assert.Same(story.Agreement, again.Agreement);
        Assert.Empty(again.Last!.Facts);
    }

    [Fact]
    public void Of_an_open_refund_the_agreement_knows_more_than_an_older_copy_of_its_row()
    {
        var begun = RefundStory.Begun();
        var pending = begun.Read(RefundStory.Says(RefundStatus.Pending), At) with { Refund = begun.Refund };

        Assert.Same(pending.Agreement, pending.Listed(RefundStory.Says(RefundStatus.Pending), Now).Agreement);
        Assert.Equal(
            ["intended", "Pending", "Refunded"],
            pending.Listed(RefundStory.Says(RefundStatus.Refunded, null, At), Now).Words
        );
    }

    [Theory]
    [InlineData(RefundStatus.Pending)]
    [InlineData(RefundStatus.Failed)]
    public void Of_PPROs_portal_only_what_was_made_is_kept(RefundStatus status)
    {
        var (agreement, charge) = RefundStory.Paid();

        Assert.Same(agreement, agreement.HearRefundAtPpro(charge, null, RefundStory.Says(status), Now).Agreement);
    }

    [Theory]
    [InlineData("theirs", "theirs")]
    [InlineData(null, "refund_1")]
    public void One_that_was_made_there_has_the_name_that_PPRO_says_or_else_its_id(string? says, string name)
    {
        var (agreement, charge) = RefundStory.Paid();
        var reading = RefundStory.Says(RefundStatus.Refunded, null, At) with { Reference = says };

        var change = agreement.HearRefundAtPpro(charge, null, reading, Now);

        var adopted = change.Facts.OfType<Fact.NewRefund>().Single().Refund;
        Assert.Equal((name, "refund_1", "chr_1"), (adopted.Reference, adopted.ProviderId, adopted.ChargeProviderId));
        Assert.Equal(Refund.AdoptedIdOf(charge.Key, "refund_1"), adopted.Id);
        Assert.Equal((true, string.Empty, 1), (adopted.IsAdopted, adopted.IdempotencyKey, adopted.Moves));
        Assert.Equal((Now, At), (adopted.CreatedAt, adopted.MadeAt));
        Assert.Equal((4_000, null), (change.Agreement.RefundedMinorUnits, change.Agreement.WhyStopped()));
        Assert.Empty(change.Agreement.OpenRefunds);
    }

    [Fact]
    public void It_is_kept_although_PPROs_id_of_the_charge_is_not_known()
    {
        var (agreement, charge) = RefundStory.Paid();
        var unnamed = charge with { ProviderId = null };

        var change = agreement.HearRefundAtPpro(unnamed, null, RefundStory.Says(RefundStatus.Refunded), Now);

        Assert.Equal(string.Empty, change.Facts.OfType<Fact.NewRefund>().Single().Refund.ChargeProviderId);
    }
}
