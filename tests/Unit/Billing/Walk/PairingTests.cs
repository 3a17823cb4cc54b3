using Billing;

namespace Unit.Tests.BillingTests;

/// <summary>Which of PPRO's charges and refunds is which of ours.</summary>
public sealed class PairingTests
{
    [Fact]
    public void One_known_by_PPROs_id_is_paired_before_one_that_has_only_its_reference()
    {
        var nameless = Books.Ours(AttemptState.InDoubt) with { ProviderId = null };
        var known = Books.Ours(AttemptState.Captured, "20260215-1") with { Reference = "another" };

        var pairs = Pairing.Of([nameless, known], [Books.Theirs(ChargeStatus.Captured)]);

        Assert.Equal(
            [("20260215-1", "charge_1"), (Books.Key, null)],
            pairs.Select(it => (it.Ours?.Key, it.Theirs?.ProviderId))
        );
    }

    [Theory]
    [InlineData("charge_2", ChargeStatus.Pending, "charge_2")] // PPRO's id is worth more than the order of its list
    [InlineData("charge_2", ChargeStatus.Captured, "charge_2")]
    [InlineData(null, ChargeStatus.Pending, "charge_1")] // by reference alone the first one
    [InlineData(null, ChargeStatus.Captured, "charge_2")] // unless another was captured
    [InlineData("charge_1", ChargeStatus.Captured, "charge_2")]
    public void Of_two_charges_under_one_reference_ours_is(string? known, ChargeStatus second, string expected)
    {
        var ours = Books.Ours(AttemptState.Pending) with { ProviderId = known };
        ChargeReading[] theirs = [Books.Theirs(ChargeStatus.NotCaptured), Books.Theirs(second, "charge_2")];

        var pairs = Pairing.Of([ours], theirs);

        Assert.Equal((ours, expected), (pairs[0].Ours, pairs[0].Theirs?.ProviderId));
        Assert.Equal((null, 2), (pairs[1].Ours, pairs.Length));
    }

    [Theory]
    [InlineData("refund_2", "R-1", false, "refund_2")] // by PPRO's id, though another one bears our name
    [InlineData(null, "R-1", false, "refund_1")]
    [InlineData("refund_9", "R-1", false, "refund_1")] // PPRO lists none of that id
    [InlineData("refund_9", "R-1", true, null)] // a name that was given at PPRO is no name of ours
    [InlineData(null, "R-9", false, null)]
    public void PPROs_word_on_our_refund_is_found_by_its_id_and_then_by_its_name(
        string? id,
        string reference,
        bool isAdopted,
        string? expected
    )
    {
        var ours = Books.RefundOf(RefundState.InDoubt) with
        {
            ProviderId = id,
            Reference = reference,
            IsAdopted = isAdopted,
        };
        RefundReading[] theirs =
        [
            Books.RefundAtPpro(RefundStatus.Pending, "refund_1", "R-1"),
            Books.RefundAtPpro(RefundStatus.Pending, "refund_2", reference: null),
        ];

        Assert.Equal(expected, Pairing.TheirsOf(ours, theirs)?.ProviderId);
    }

    [Theory]
    [InlineData("refund_2", "R-1", "R-2")] // by PPRO's id, though another one has the name
    [InlineData("refund_9", "R-1", "R-1")]
    [InlineData("refund_9", "R-2", null)] // that one is known under another id
    [InlineData("refund_9", "R-9", null)]
    public void Our_refund_of_PPROs_word_is_found_likewise(string id, string reference, string? expected)
    {
        var nameless = Books.RefundOf(RefundState.InDoubt);
        var known = nameless with { ProviderId = "refund_2", Reference = "R-2" };

        var found = Pairing.OursOf(Books.RefundAtPpro(RefundStatus.Pending, id, reference), [nameless, known]);

        Assert.Equal(expected, found?.Reference);
    }
}
