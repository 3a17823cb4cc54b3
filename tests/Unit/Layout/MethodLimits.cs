using Billing;
using PproSimulator;

namespace Unit.Tests.Layout;

/// <summary>
/// KakaoPay's limits are named once by the rules and once by the simulator, which must not know each other: they are the
/// same, and those that PPRO publishes.
/// </summary>
public sealed class MethodLimits
{
    private static readonly MethodRules Rules = MethodRules.KakaoPay;

    [Fact]
    public void The_rules_have_what_PPRO_publishes_of_KakaoPay() =>
        Assert.Equal(
            ("KAKAOPAY", "KR", "KRW", 50, 2_000_000, 365),
            (
                Rules.PaymentMethod,
                Rules.Country,
                Rules.Currency,
                Rules.MinMinorUnits,
                Rules.MaxMinorUnits,
                Rules.RefundDays
            )
        );

    [Fact]
    public void The_simulator_has_the_same() =>
        Assert.Equal(
            (Rules.PaymentMethod, Rules.Country, Rules.Currency, Rules.MinMinorUnits, Rules.MaxMinorUnits),
            (
                KakaoPayLimits.Method,
                KakaoPayLimits.Country,
                KakaoPayLimits.Currency,
                KakaoPayLimits.MinAmount,
                KakaoPayLimits.MaxAmount
            )
        );

    [Fact]
    public void Refunds_may_be_made_as_long_there_as_the_rules_say() =>
        Assert.Equal(TimeSpan.FromDays(Rules.RefundDays), KakaoPayLimits.RefundsFor);
}
