namespace Billing;

/// <summary>What PPRO says that it captured.</summary>
/// <param name="MinorUnits">How much; zero when PPRO does not say.</param>
/// <param name="Currency">As PPRO spells it; null when PPRO does not say.</param>
/// <param name="CaptureId">PPRO's id of the capture.</param>
/// <param name="At">When, by PPRO's clock.</param>
public sealed record CapturedMoney(long MinorUnits, string? Currency, string? CaptureId, DateTimeOffset At)
{
    public static CapturedMoney Of(ChargeReading reading, DateTimeOffset now) =>
        new(reading.CapturedMinorUnits, reading.Currency, reading.CaptureId, reading.CapturedAt ?? now);

    public static CapturedMoney Of(PproEvent happened, DateTimeOffset now) =>
        new(happened.AmountMinorUnits ?? 0, happened.AmountCurrency, happened.CaptureId, happened.Time ?? now);

    /// <summary>The same with what was asked for in place of what PPRO does not say.</summary>
    internal CapturedMoney FilledFrom(Money asked) =>
        this with
        {
            MinorUnits = MinorUnits > 0 ? MinorUnits : asked.MinorUnits,
            Currency = Currency ?? asked.Currency,
        };

    internal bool IsJust(Money asked) => MinorUnits == asked.MinorUnits && Currency == asked.Currency;
}
