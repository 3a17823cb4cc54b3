using System.ComponentModel.DataAnnotations;
using Billing;

namespace Flows;

/// <summary>What an operator may set about charging; see <see cref="BillingRules"/> for the meaning of each.</summary>
public sealed class ChargingOptions : IValidatableObject
{
    public const string Section = "Charging";

    public TimeOnly WindowOpens { get; init; } = BillingRules.Default.WindowOpens;

    public TimeOnly WindowCloses { get; init; } = BillingRules.Default.WindowCloses;

    public TimeSpan Spread { get; init; } = BillingRules.Default.Spread;

    /// <summary>Days after the due day, as text: <c>1,3,5,7</c>; empty for no further attempts.</summary>
    [RegularExpression(@"^(\d{1,2}(,\d{1,2})*)?$")]
    public string DunningDays { get; init; } = string.Join(',', BillingRules.Default.DunningDays);

    public TimeSpan NeverHappenedAfter { get; init; } = BillingRules.Default.NeverHappenedAfter;

    /// <summary>The consumer's time to approve, from creation on.</summary>
    public TimeSpan ApprovalDeadline { get; init; } = BillingRules.Default.ApprovalDeadline;

    public TimeSpan Freshness { get; init; } = BillingRules.Default.Freshness;

    public AfterLastDecline AfterLastDecline { get; init; } = BillingRules.Default.AfterLastDecline;

    public AfterLastPeriod AfterLastPeriod { get; init; } = BillingRules.Default.AfterLastPeriod;

    [Range(1, 1000)]
    public int SingleChargesPerDay { get; init; } = BillingRules.Default.SingleChargesPerDay;

    /// <summary>How many charges may be asked for in one Seoul day; not set is without limit.</summary>
    [Range(1, int.MaxValue)]
    public int? MaxChargesPerDay { get; init; }

    /// <summary>How much may be asked for in one Seoul day, in minor units (won); not set is without limit.</summary>
    [Range(1, long.MaxValue)]
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
            DunningDays =
            [
                .. DunningDays
                    .Split(',', StringSplitOptions.RemoveEmptyEntries)
                    .Select(day => int.Parse(day, System.Globalization.CultureInfo.InvariantCulture)),
            ],
        };

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (WindowCloses <= WindowOpens || Spread < TimeSpan.Zero || Spread >= WindowCloses - WindowOpens)
        {
            yield return new("Charging: WindowCloses must be after WindowOpens, and Spread must fit between them.");
        }

        if (ApprovalDeadline < TimeSpan.FromMinutes(5) || Freshness < TimeSpan.FromDays(1))
        {
            yield return new("Charging: ApprovalDeadline must be at least 5 minutes, and Freshness a day.");
        }

        if (NeverHappenedAfter < TimeSpan.FromHours(48))
        {
            yield return new("Charging:NeverHappenedAfter must be at least 48 hours.");
        }
    }
}
