using Billing;

namespace Flows.Replies;

/// <summary>PPRO's amount: whole minor units. The won has none, so 101 is ₩101.</summary>
public sealed record MoneyView(long Value, string Currency)
{
    public static MoneyView? Of(Money? money) => money is null ? null : new(money.MinorUnits, money.Currency);
}
