using System.Collections.Immutable;
using Billing;
using static Unit.Tests.BillingTests.Books;

namespace Unit.Tests.BillingTests;

/// <summary>Our rows against PPRO's list: every pair of states has its verdict.</summary>
public sealed class ReconcilingTests
{
    private static readonly DateTimeOffset Now = A.Morning.AddDays(10);

    [Theory]
    [InlineData(AttemptState.Captured, ChargeStatus.Captured, Standing.Matched)]
    [InlineData(AttemptState.Captured, ChargeStatus.NotCaptured, Standing.Unexplained)]
    [InlineData(AttemptState.Captured, ChargeStatus.Pending, Standing.Unexplained)]
    [InlineData(AttemptState.Declined, ChargeStatus.NotCaptured, Standing.Matched)]
    [InlineData(AttemptState.Declined, ChargeStatus.Captured, Standing.Unexplained)]
    [InlineData(AttemptState.NotExecuted, ChargeStatus.Pending, Standing.Unexplained)]
    [InlineData(AttemptState.NeverHappened, ChargeStatus.Captured, Standing.Unexplained)]
    [InlineData(AttemptState.InDoubt, ChargeStatus.Pending, Standing.Explained)]
    [InlineData(AttemptState.Pending, ChargeStatus.Pending, Standing.Explained)]
    [InlineData(AttemptState.InDoubt, ChargeStatus.Captured, Standing.Unexplained)]
    public void What_both_have_is_matched_only_when_both_say_the_same(
        AttemptState ours,
        ChargeStatus theirs,
        Standing expected
    ) => Assert.Equal(expected, Compare(Ours(ours), Theirs(theirs)).Single().Standing);

    [Theory]
    [InlineData(AttemptState.Captured, 30, Standing.Unexplained)]
    [InlineData(AttemptState.Captured, 3, Standing.Explained)]
    [InlineData(AttemptState.InDoubt, 300, Standing.Explained)]
    [InlineData(AttemptState.Declined, 300, Standing.Matched)]
    [InlineData(AttemptState.NeverHappened, 300, Standing.Matched)]
    public void What_PPRO_does_not_show_is_unexplained_only_when_it_was_captured_a_day_ago(
        AttemptState ours,
        int hours,
        Standing expected
    ) =>
        Assert.Equal(
            expected,
            Compare(Ours(ours) with { CapturedAt = Now.AddHours(-hours) }, theirs: null).Single().Standing
        );

    [Theory]
    [InlineData(ChargeStatus.Captured, Standing.Unexplained)]
    [InlineData(ChargeStatus.Pending, Standing.Unexplained)]
    [InlineData(ChargeStatus.NotCaptured, Standing.Explained)]
    public void A_charge_that_we_never_made_is_unexplained_unless_it_took_nothing(
        ChargeStatus theirs,
        Standing expected
    ) => Assert.Equal(expected, Compare(ours: null, Theirs(theirs)).Single().Standing);

    [Fact]
    public void Another_amount_is_unexplained() =>
        Assert.Equal(
            Finding.Unexplained("20260115-1", "captured 9900 here and 9901 at PPRO"),
            Compare(Ours(AttemptState.Captured), Theirs(ChargeStatus.Captured) with { CapturedMinorUnits = 9_901 })
                .Single()
        );

    [Fact]
    public void Of_two_charges_with_one_reference_the_second_is_unexplained()
    {
        var twin = Theirs(ChargeStatus.Captured) with { ProviderId = "charge_2" };

        var pairs = Pairing.Of([Ours(AttemptState.Captured)], [twin, Theirs(ChargeStatus.Captured)]);

        var findings = Reconciliation.Compare(pairs, [], Now);
        Assert.Equal([Standing.Matched, Standing.Unexplained], findings.Select(it => it.Standing));
        Assert.Equal("charge_2", findings[1].Subject);
        Assert.True(findings[1].StopsCharging);
    }

    [Theory]
    [InlineData(RefundState.Refunded, RefundStatus.Refunded, Standing.Matched)]
    [InlineData(RefundState.Pending, RefundStatus.Pending, Standing.Explained)]
    [InlineData(RefundState.Failed, RefundStatus.Failed, Standing.Matched)]
    [InlineData(RefundState.Failed, RefundStatus.Refunded, Standing.Unexplained)]
    [InlineData(RefundState.Refunded, RefundStatus.Failed, Standing.Unexplained)]
    [InlineData(null, RefundStatus.Refunded, Standing.Unexplained)]
    [InlineData(null, RefundStatus.Failed, Standing.Matched)]
    [InlineData(null, RefundStatus.Pending, Standing.Explained)]
    public void Refunds_are_compared_one_by_one(RefundState? ours, RefundStatus theirs, Standing expected)
    {
        var reading = new RefundReading("refund_1", theirs, 100, "R-1", null, Now);

        var found = Compare(
            Ours(AttemptState.Captured),
            Theirs(ChargeStatus.Captured) with
            {
                Refunds = [reading],
            },
            ours is { } state ? [RefundOf(state)] : []
        );

        Assert.Equal(expected, found[1].Standing);
    }

    [Fact]
    public void A_refund_that_PPRO_does_not_have_is_unexplained()
    {
        var found = Compare(
            Ours(AttemptState.Captured),
            Theirs(ChargeStatus.Captured),
            [RefundOf(RefundState.Refunded)]
        );

        Assert.Equal("refunded here, not at PPRO", found[1].Reason);
    }

    private static ImmutableArray<Finding> Compare(
        Attempt? ours,
        ChargeReading? theirs,
        params IReadOnlyCollection<Refund> refunds
    ) => Reconciliation.Compare(Pairing.Of(ours is null ? [] : [ours], theirs is null ? [] : [theirs]), refunds, Now);
}
