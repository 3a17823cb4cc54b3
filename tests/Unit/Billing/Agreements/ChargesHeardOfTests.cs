using Billing;

namespace Unit.Tests.BillingTests;

/// <summary>What PPRO's word about a charge leaves as it was, and what it adds.</summary>
public sealed class ChargesHeardOfTests
{
    private static readonly DateTimeOffset Later = A.Morning.AddMinutes(20);

    [Theory]
    [InlineData(null, "2026-02-15")]
    [InlineData("2026-01-15", "2026-02-15")]
    [InlineData("2026-02-15", "2026-02-15")]
    [InlineData("2026-02-16", "2026-02-16")]
    [InlineData("2026-05-15", "2026-05-15")]
    public void A_paid_period_moves_the_end_of_what_is_paid_only_forward(string? before, string after)
    {
        var charging = A.Charging();
        var agreement = charging with
        {
            Plan = charging.Plan with { PaidThroughOn = before is null ? null : A.Day(before) },
        };

        var paid = agreement.Hear(agreement.Open[0], A.Captured(), A.Rules, Later).Agreement;

        Assert.Equal(A.Day(after), paid.Plan.PaidThroughOn);
    }

    [Theory]
    [InlineData(true, null, 3, 3)]
    [InlineData(true, 1, 3, 1)]
    [InlineData(true, 1, null, 1)]
    [InlineData(true, null, null, null)]
    [InlineData(false, 1, 3, 1)]
    [InlineData(false, null, 3, null)]
    public void Of_the_charge_that_travelled_with_its_agreement_PPRO_says_when_it_was_sent(
        bool isInitial,
        int? sentMinutes,
        int? madeMinutes,
        int? after
    )
    {
        var attempt = A.WithInitialCharge().Open[0] with { IsInitial = isInitial, FirstSentAt = At(sentMinutes) };
        var reading = A.Pending() with { CreatedAt = At(madeMinutes) };

        Assert.Equal(At(after), A.Open(attempt).Hear(attempt, reading, A.Rules, Later).Moved().FirstSentAt);
    }

    [Fact]
    public void Of_two_twins_that_were_captured_in_one_moment_the_one_of_the_lesser_id_is_ours()
    {
        var attempt = A.Charging().Open[0];
        var (one, other) = (Twin("chr_1"), Twin("chr_2"));

        Assert.All(
            (ChargeReading[][])
                [
                    [one, other],
                    [other, one],
                ],
            found => Assert.Equal("chr_1", A.Charging().HearSeveral(attempt, found, A.Rules, Later).Moved().ProviderId)
        );
    }

    private static DateTimeOffset? At(int? minutes) => minutes is { } count ? A.Morning.AddMinutes(count) : null;

    private static ChargeReading Twin(string id) => A.Captured(id) with { CapturedAt = A.Morning };
}
