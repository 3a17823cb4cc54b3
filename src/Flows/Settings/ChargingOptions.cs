using System.Globalization;
using Billing;

namespace Flows.Settings;

/// <summary>What an operator may set about charging; see <see cref="BillingRules"/> for the meaning of each.</summary>
public sealed class ChargingOptions : ICheckedSettings
{
    public const string Section = "Charging";

    /// <summary>
    /// Whether this deployment asks for money at all. Who does not say so charges nothing: not the copy of a
    /// production, not a test, not a deployment that went to the wrong place.
    /// </summary>
    public bool Enabled { get; init; }

    public TimeOnly WindowOpens { get; init; } = BillingRules.Default.WindowOpens;

    public TimeOnly WindowCloses { get; init; } = BillingRules.Default.WindowCloses;

    public TimeSpan Spread { get; init; } = BillingRules.Default.Spread;

    /// <summary>Days after the due day, as text: <c>1,3,5,7</c>; empty for no further attempts.</summary>
    public string DunningDays { get; init; } = string.Join(',', BillingRules.Default.DunningDays);

    public TimeSpan NeverHappenedAfter { get; init; } = BillingRules.Default.NeverHappenedAfter;

    /// <summary>The consumer's time to approve, from creation on.</summary>
    public TimeSpan ApprovalDeadline { get; init; } = BillingRules.Default.ApprovalDeadline;

    public TimeSpan Freshness { get; init; } = BillingRules.Default.Freshness;

    public AfterLastDecline AfterLastDecline { get; init; } = BillingRules.Default.AfterLastDecline;

    public AfterLastPeriod AfterLastPeriod { get; init; } = BillingRules.Default.AfterLastPeriod;

    public int SingleChargesPerDay { get; init; } = BillingRules.Default.SingleChargesPerDay;

    /// <summary>How many charges may be asked for in one Seoul day; not set is without limit.</summary>
    public int? MaxChargesPerDay { get; init; }

    /// <summary>How much may be asked for in one Seoul day, in minor units (won); not set is without limit.</summary>
    public long? MaxAmountPerDay { get; init; }

    /// <summary>
    /// Spread a minute's looks over the minute, within PPRO's write limit. Off while the clock is simulated.
    /// </summary>
    public bool Pace { get; init; } = true;

    /// <summary>
    /// Charge nothing while our clock is more than 5 min from storage's. Off while the clock is simulated.
    /// </summary>
    public bool CheckClock { get; init; } = true;

    public DailyCaps ToCaps() => new(MaxChargesPerDay, MaxAmountPerDay);

    public BillingRules ToRules() =>
        new()
        {
            WindowOpens = WindowOpens,
            WindowCloses = WindowCloses,
            Spread = Spread,
            NeverHappenedAfter = NeverHappenedAfter,
            Freshness = Freshness,
            AfterLastDecline = AfterLastDecline,
            AfterLastPeriod = AfterLastPeriod,
            SingleChargesPerDay = SingleChargesPerDay,
            ApprovalLooks =
            [
                .. BillingRules.Default.ApprovalLooks.Where(at => at < ApprovalDeadline),
                ApprovalDeadline,
            ],
            DunningDays = [.. ReadDays() ?? []],
        };

    IEnumerable<string> ICheckedSettings.Faults()
    {
        if (WindowCloses <= WindowOpens)
        {
            yield return "Charging__WindowCloses must be after Charging__WindowOpens.";
        }
        else if (Spread < TimeSpan.Zero || Spread >= WindowCloses - WindowOpens)
        {
            yield return "Charging__Spread must fit into the window, and must not be negative.";
        }

        if (ReadDays() is null)
        {
            yield return "Charging__DunningDays must be rising days from 1 to 99, like 1,3,5,7; empty for no retries.";
        }

        if (ApprovalDeadline < TimeSpan.FromMinutes(5))
        {
            yield return "Charging__ApprovalDeadline must be at least 5 minutes.";
        }

        if (Freshness < TimeSpan.FromDays(1))
        {
            yield return "Charging__Freshness must be at least a day.";
        }

        if (NeverHappenedAfter < TimeSpan.FromHours(48))
        {
            yield return "Charging__NeverHappenedAfter must be at least 48 hours.";
        }

        if (SingleChargesPerDay is < 1 or > 1000)
        {
            yield return "Charging__SingleChargesPerDay must be 1 to 1000.";
        }

        if (MaxChargesPerDay < 1)
        {
            yield return "Charging__MaxChargesPerDay must be at least 1; leave it out for no cap.";
        }

        if (MaxAmountPerDay < 1)
        {
            yield return "Charging__MaxAmountPerDay must be at least 1; leave it out for no cap.";
        }
    }

    /// <summary>
    /// Null when they are no days, or do not rise: the due day itself is no retry, and none comes before another.
    /// </summary>
    private List<int>? ReadDays()
    {
        List<int> days = [];
        foreach (var text in DunningDays is "" ? [] : DunningDays.Split(','))
        {
            if (
                text.Length > 2
                || !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var day)
                || day <= days.LastOrDefault()
            )
            {
                return null;
            }

            days.Add(day);
        }

        return days;
    }
}
