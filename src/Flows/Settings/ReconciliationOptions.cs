using Billing;

namespace Flows.Settings;

/// <summary>What an operator may set about the daily walk; see <see cref="WalkRules"/>.</summary>
public sealed class ReconciliationOptions : ICheckedSettings
{
    public const string Section = "Reconciliation";

    /// <summary>How long the money of a capture may take to arrive; zero does not watch.</summary>
    public TimeSpan FundsWithin { get; init; } = new WalkRules().FundsWithin;

    /// <summary>How long events that moved no money are kept.</summary>
    public TimeSpan EventsKept { get; init; } = new WalkRules().EventsKept;

    public WalkRules ToRules() => new() { FundsWithin = FundsWithin, EventsKept = EventsKept };

    IEnumerable<string> ICheckedSettings.Faults()
    {
        if (FundsWithin < TimeSpan.Zero)
        {
            yield return "Reconciliation__FundsWithin must not be negative; zero does not watch.";
        }

        if (EventsKept < TimeSpan.FromDays(30))
        {
            yield return "Reconciliation__EventsKept must be at least 30 days: PPRO repeats events for days.";
        }
    }
}
