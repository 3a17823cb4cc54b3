namespace Billing;

/// <summary>
/// An amount in the currency's smallest unit, exactly as PPRO sends and receives it.
/// The won has no minor unit, so ₩9,900 is <c>new Money(9_900, "KRW")</c>.
/// </summary>
public sealed record Money
{
    public Money(long minorUnits, string currency)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(minorUnits);
        if (!IsCurrencyCode(currency))
        {
            throw new ArgumentException($"'{currency}' is not an ISO 4217 code.", nameof(currency));
        }

        MinorUnits = minorUnits;
        Currency = currency;
    }

    public long MinorUnits { get; }

    public string Currency { get; }

    public static bool IsCurrencyCode(string? text) => text is { Length: 3 } && text.All(char.IsAsciiLetterUpper);

    public override string ToString() => $"{MinorUnits} {Currency}";
}
