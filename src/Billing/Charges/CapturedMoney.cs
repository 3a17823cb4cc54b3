namespace Billing;

/// <summary>What PPRO says that it captured.</summary>
/// <param name="MinorUnits">How much; null when PPRO does not say.</param>
/// <param name="Currency">As PPRO spells it; null when PPRO does not say.</param>
/// <param name="CaptureId">PPRO's id of the capture.</param>
/// <param name="At">When, by PPRO's clock.</param>
public sealed record CapturedMoney(long? MinorUnits, string? Currency, string? CaptureId, DateTimeOffset At)
{
    public static CapturedMoney Of(ChargeReading reading, DateTimeOffset now) =>
        new(reading.CapturedMinorUnits, reading.Currency, reading.CaptureId, reading.CapturedAt ?? now);

    public static CapturedMoney Of(PproEvent happened, DateTimeOffset now) =>
        new(happened.AmountMinorUnits, happened.AmountCurrency, happened.CaptureId, happened.Time ?? now);

    /// <summary>How much, once what PPRO does not say is filled in.</summary>
    internal long Amount => MinorUnits ?? 0;

    /// <summary>What was captured, with what was asked for in place of what PPRO does not say.</summary>
    internal CapturedMoney FilledFrom(Money asked) => FilledFrom(asked.MinorUnits, asked.Currency);

    /// <summary>What was captured, with what is known already in place of what PPRO does not say.</summary>
    internal CapturedMoney FilledFrom(long minorUnits, string currency) =>
        this with
        {
            MinorUnits = MinorUnits ?? minorUnits,
            Currency = Currency ?? currency,
        };

    internal bool IsJust(Money asked) => MinorUnits == asked.MinorUnits && Currency == asked.Currency;
}
