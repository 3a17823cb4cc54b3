using Billing;

namespace Unit.Tests.BillingTests;

public sealed class MoneyTests
{
    private static readonly MethodRules KakaoPay = MethodRules.KakaoPay;

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    public void An_amount_is_above_nothing(long minorUnits) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Money(minorUnits, "KRW"));

    [Theory]
    [InlineData("")]
    [InlineData("KR")]
    [InlineData("krw")]
    [InlineData("KRWW")]
    [InlineData("K1W")]
    public void A_currency_is_three_capital_letters(string currency) =>
        Assert.Throws<ArgumentException>(() => new Money(1, currency));

    [Fact]
    public void Equal_amounts_are_equal() => Assert.Equal(new Money(9_900, "KRW"), A.Price);

    [Fact]
    public void Amounts_of_other_currencies_are_other_amounts() => Assert.NotEqual(new Money(9_900, "USD"), A.Price);

    [Theory]
    [InlineData(49, false)]
    [InlineData(50, true)]
    [InlineData(2_000_000, true)]
    [InlineData(2_000_001, false)]
    public void KakaoPay_takes_50_to_2_000_000_won(long minorUnits, bool isAllowed) =>
        Assert.Equal(isAllowed, KakaoPay.Allows(minorUnits));

    [Fact]
    public void KakaoPay_is_Korean() => Assert.Equal(("KR", "KRW"), (KakaoPay.Country, KakaoPay.Currency));

    [Theory]
    [InlineData("KAKAOPAY", true)]
    [InlineData("kakaopay", false)]
    [InlineData("OTHER", false)]
    [InlineData(null, false)]
    public void A_method_is_found_by_PPROs_name(string? name, bool isFound) =>
        Assert.Equal(isFound, MethodRules.Find(name) is not null);

    [Theory]
    [InlineData(AmountType.Max, 9_900, true)]
    [InlineData(AmountType.Max, 9_901, false)]
    [InlineData(AmountType.Max, 50, true)]
    [InlineData(AmountType.Exact, 9_900, true)]
    [InlineData(AmountType.Exact, 9_899, false)]
    [InlineData(AmountType.Variable, 2_000_000, true)]
    [InlineData(null, 2_000_000, true)]
    public void The_terms_bind_what_may_be_charged(AmountType? type, long minorUnits, bool isAllowed) =>
        Assert.Equal(isAllowed, (A.Terms() with { AmountType = type }).Allows(new(minorUnits, "KRW")));

    [Theory]
    [InlineData(AmountType.Max)]
    [InlineData(AmountType.Exact)]
    public void Terms_without_an_amount_bind_nothing(AmountType type) =>
        Assert.True((A.Terms() with { AmountType = type, Amount = null }).Allows(A.Price));
}
