namespace Billing;

/// <summary>PPRO's <c>frequency.type</c>.</summary>
public enum FrequencyType
{
    Daily,
    Weekly,
    Monthly,
    Yearly,
}

/// <summary>How far apart two periods start: PPRO's <c>frequency</c>, with an interval of 1 to 1000.</summary>
public sealed record Frequency
{
    public const int MaxInterval = 1000;

    public Frequency(FrequencyType type, int interval)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(interval, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(interval, MaxInterval);
        Type = type;
        Interval = interval;
    }

    public FrequencyType Type { get; }

    public int Interval { get; }
}
