using Billing;

namespace Unit.Tests.BillingTests;

/// <summary>When a refund is begun, begun again under its next number, or put off.</summary>
public sealed class RefundClaimsTests
{
    private const string Unrefunded = "20260115-1: the late first charge could not be refunded";
    private static readonly DateTimeOffset Now = RefundStory.Asked.AddHours(1);

    [Theory]
    [InlineData(AttemptState.Captured, "chr_1", null)]
    [InlineData(AttemptState.Captured, null, RefundHindrance.NotCaptured)]
    [InlineData(AttemptState.Declined, "chr_1", RefundHindrance.NotCaptured)]
    [InlineData(AttemptState.Pending, null, RefundHindrance.NotCaptured)]
    public void Only_what_was_captured_under_an_id_of_PPROs_is_refunded(
        AttemptState state,
        string? id,
        RefundHindrance? why
    )
    {
        var (agreement, charge) = RefundStory.Paid();

        Assert.Equal(why, agreement.WhyNoRefund(charge with { State = state, ProviderId = id }, 100, Now));
    }

    [Theory]
    [InlineData(19, null)]
    [InlineData(20, RefundHindrance.TooManyOpen)]
    public void Twenty_refunds_are_open_at_most(int open, RefundHindrance? why)
    {
        var (agreement, charge) = RefundStory.Paid();
        var busy = agreement with { OpenRefunds = RefundStory.Others(open) };

        Assert.Equal(why, busy.WhyNoRefund(charge, 100, Now));
    }

    [Fact]
    public void A_refund_that_has_just_begun_was_intended_and_has_moved_nothing()
    {
        var begun = RefundStory.Begun();

        Assert.Equal(["intended"], begun.Words);
        Assert.Equal((0, RefundStory.Asked), (begun.Refund.Moves, begun.Refund.History[0].At));
    }

    [Fact]
    public void However_often_it_is_asked_for_again_the_first_one_stays_known()
    {
        var first = Deferred(RefundStory.Begun());
        var second = Again(first, "ref-2");
        var third = Again(Deferred(second), "ref-3");

        Assert.Equal((2, first.Refund.Id), (second.Refund.Number, second.Refund.FirstId));
        Assert.Equal((3, first.Refund.Id), (third.Refund.Number, third.Refund.FirstId));
        Assert.Equal(third.Refund, Assert.Single(third.Agreement.OpenRefunds));
    }

    [Fact]
    public void The_row_of_one_that_was_asked_for_again_says_under_which_id()
    {
        var again = Again(Deferred(RefundStory.Begun()), "ref-2");

        var replaced = again.Last!.Facts.OfType<Fact.RefundMoved>().Single().Refund;
        Assert.Equal($"asked for again as {again.Refund.Id}", replaced.History[^1].What);
    }

    [Theory]
    [InlineData(-1, "intended", RefundState.InDoubt)]
    [InlineData(0, "too late to ask again", RefundState.Failed)]
    public void When_its_charge_can_be_refunded_no_more_it_says_so(int seconds, string word, RefundState state)
    {
        var again = Again(Deferred(RefundStory.Begun()), "ref-2", A.Morning.AddDays(364).AddSeconds(seconds));

        Assert.Equal((word, state), (again.LastWord, again.Refund.State));
    }

    [Fact]
    public void A_late_first_charge_goes_back_in_full()
    {
        var (late, charge) = Late();

        var change = Owed(late, charge, Now);

        Assert.Equal((null, null), (change.Agreement.LateCapture, change.Agreement.WhyStopped()));
        var refund = Assert.Single(change.Agreement.OpenRefunds);
        Assert.Equal((A.Price, true), (refund.Amount, refund.IsOwed));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void It_waits_a_quarter_of_an_hour_while_another_refund_is_open_or_too_many_are(bool isOfThisCharge)
    {
        var begun = RefundStory.Begun();
        var (late, charge) = Late();
        var busy = isOfThisCharge
            ? late with
            {
                OpenRefunds = begun.Agreement.OpenRefunds,
            }
            : late with
            {
                OpenRefunds = RefundStory.Others(20),
            };

        var change = Owed(busy, isOfThisCharge ? begun.Charge : charge, Now);

        Assert.Equal(new LateCapture(charge.Key, Now.AddMinutes(15)), change.Agreement.LateCapture);
        Assert.Equal((null, null), (change.Claim, change.Agreement.WhyStopped()));
    }

    [Theory]
    [InlineData(-1, null)]
    [InlineData(0, Unrefunded)]
    public void When_its_time_is_over_a_person_is_called(int seconds, string? why)
    {
        var (late, charge) = Late();

        var change = Owed(late, charge, A.Morning.AddDays(364).AddSeconds(seconds));

        Assert.Equal((why, null), (change.Agreement.WhyStopped(), change.Agreement.LateCapture));
        Assert.Equal(why is null, change.Claim is not null);
    }

    [Fact]
    public void When_all_of_it_was_refunded_already_nothing_is_owed()
    {
        var (late, charge) = Late();

        var change = Owed(late, charge with { RefundedMinorUnits = 9_900 }, Now);

        Assert.Equal(late with { LateCapture = null }, change.Agreement);
    }

    [Fact]
    public void Another_charge_is_not_refunded_in_its_place()
    {
        var (late, charge) = Late();

        Assert.Same(late, Owed(late, charge with { Key = "20260215-1" }, Now).Agreement);
    }

    private static (Agreement Agreement, Attempt Charge) Late()
    {
        var (agreement, charge) = RefundStory.Paid();
        return (agreement with { LateCapture = new(charge.Key, A.Morning) }, charge);
    }

    private static Change Owed(Agreement agreement, Attempt charge, DateTimeOffset now) =>
        agreement.ClaimOwedRefund(charge, RefundStory.Intent("late", charge), now);

    private static RefundStory Deferred(RefundStory story) =>
        story.Read(
            new(
                "refund_" + story.Refund.Number,
                RefundStatus.Failed,
                4_000,
                null,
                new("T", "RETRY_REFUND_LATER", "no", null),
                Now
            ),
            Now
        );

    private static RefundStory Again(RefundStory story, string name, DateTimeOffset? at = null) =>
        story.After(
            story.Agreement.ClaimRefundAgain(
                story.Refund.Id,
                story.Charge,
                RefundStory.Intent(name, story.Charge),
                at ?? Now.AddHours(1)
            )
        );
}
