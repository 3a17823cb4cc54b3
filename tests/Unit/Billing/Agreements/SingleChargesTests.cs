using Billing;

namespace Unit.Tests.BillingTests;

/// <summary>How single charges are counted, by the day of Seoul, and bounded.</summary>
public sealed class SingleChargesTests
{
    [Fact]
    public void Single_charges_are_counted_within_one_day_of_Seoul()
    {
        string[] moments =
        [
            "2026-01-15T10:00",
            "2026-01-15T18:00",
            "2026-01-15T23:59:59",
            "2026-01-16T00:00",
            "2026-01-16T10:00",
        ];

        var agreement = A.Agreement();
        List<(string, int)> counts = [];
        foreach (var moment in moments)
        {
            agreement = Claim(agreement, $"s-{counts.Count}", A.Seoul(moment)).Agreement;
            counts.Add(($"{agreement.SingleChargesOn:yyyy-MM-dd}", agreement.SingleCharges));
        }

        Assert.Equal(
            [("2026-01-15", 1), ("2026-01-15", 2), ("2026-01-15", 3), ("2026-01-16", 1), ("2026-01-16", 2)],
            counts
        );
    }

    [Theory]
    [InlineData(1, null)]
    [InlineData(2, ChargeHindrance.TooManyToday)]
    [InlineData(3, ChargeHindrance.TooManyToday)]
    public void No_more_are_begun_than_the_rules_allow_in_a_day(int begun, ChargeHindrance? why)
    {
        var charged = Enumerable
            .Range(0, begun)
            .Aggregate(A.Agreement(), (so, number) => Claim(so, $"s-{number}", A.Morning).Agreement);

        Assert.Equal(why, charged.WhyNoSingleCharge(A.Rules with { SingleChargesPerDay = 2 }, A.Morning));
    }

    [Theory]
    [InlineData(19, null)]
    [InlineData(20, ChargeHindrance.TooManyOpen)]
    public void Nor_while_too_many_charges_of_the_agreement_are_open(int open, ChargeHindrance? why)
    {
        var agreement = A.Agreement() with
        {
            Open =
            [
                .. Enumerable.Range(0, open).Select(number => A.Charging().Open[0] with { Key = $"20260115-{number}" }),
            ],
        };

        Assert.Equal(why, agreement.WhyNoSingleCharge(A.Rules, A.Morning));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Only_a_reference_of_the_shops_own_is_reserved(bool isOwn)
    {
        var facts = A.Agreement().ClaimSingle(A.Price, A.Intent("s-1"), isOwn, A.Rules, A.Morning).Facts;

        Assert.Equal(isOwn ? [new($"{A.Id}-s-1", "s-1")] : [], facts.OfType<Fact.NewReference>());
    }

    private static Change Claim(Agreement agreement, string key, DateTimeOffset now) =>
        agreement.ClaimSingle(A.Price, A.Intent(key), isOwnReference: false, A.Rules, now);
}
