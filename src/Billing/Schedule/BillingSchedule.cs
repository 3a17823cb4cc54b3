using System.Diagnostics;

namespace Billing;

/// <summary>
/// The billing dates. Every date is counted from the anchor and never from the date before it, so a monthly
/// agreement that starts on 31 January bills on 28 February and then on 31 March again.
/// </summary>
public sealed record BillingSchedule(DateOnly Anchor, Frequency Frequency)
{
    public BillingPeriod Period(int number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        return new(number, StartOf(number), StartOf(number + 1));
    }

    /// <summary>The number of the period that holds this day; -1 before the anchor.</summary>
    public int NumberOn(DateOnly date)
    {
        if (date < Anchor)
        {
            return -1;
        }

        var number = Math.Max(0, Estimate(date) - 1);
        while (StartOf(number + 1) <= date)
        {
            number++;
        }

        return number;
    }

    private int Estimate(DateOnly date) =>
        Frequency.Type switch
        {
            FrequencyType.Daily => (date.DayNumber - Anchor.DayNumber) / Frequency.Interval,
            FrequencyType.Weekly => (date.DayNumber - Anchor.DayNumber) / (7 * Frequency.Interval),
            FrequencyType.Monthly => Months(date) / Frequency.Interval,
            FrequencyType.Yearly => (date.Year - Anchor.Year) / Frequency.Interval,
            _ => throw new UnreachableException(),
        };

    private int Months(DateOnly date) => ((date.Year - Anchor.Year) * 12) + date.Month - Anchor.Month;

    /// <summary>Beyond the calendar's last day there is no period: the last day stands for "never".</summary>
    private DateOnly StartOf(int number)
    {
        var steps = (long)number * Frequency.Interval;
        var days = Frequency.Type switch
        {
            FrequencyType.Daily => steps,
            FrequencyType.Weekly => 7 * steps,
            FrequencyType.Monthly => 28 * steps,
            FrequencyType.Yearly => 365 * steps,
            _ => throw new UnreachableException(),
        };
        if (days > DateOnly.MaxValue.DayNumber - Anchor.DayNumber - 1000)
        {
            return DateOnly.MaxValue;
        }

        return Frequency.Type switch
        {
            FrequencyType.Monthly => AddMonths(steps),
            FrequencyType.Yearly => AddMonths(12 * steps),
            _ => Anchor.AddDays((int)days),
        };
    }

    private DateOnly AddMonths(long months) =>
        Anchor.Year + (months / 12) >= DateOnly.MaxValue.Year ? DateOnly.MaxValue : Anchor.AddMonths((int)months);
}

/// <summary>
/// One span of service that is paid for once. <paramref name="End"/> is exclusive. Its identity is its Seoul start
/// date, <see cref="Name"/>; the number counts from the anchor.
/// </summary>
public sealed record BillingPeriod(int Number, DateOnly Start, DateOnly End)
{
    public string Name => NameOf(Start);

    public static string NameOf(DateOnly start) =>
        start.ToString("yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture);
}
