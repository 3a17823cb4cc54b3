using Billing;
using Storage;

namespace Flows.Replies;

/// <summary>Whether anything is charged at all, and who decided so.</summary>
public sealed record ChargingControlView
{
    public required bool IsStopped { get; init; }

    public StopView? Stop { get; init; }

    /// <summary>What workers have taken of the caps on this Seoul day; absent while there are no caps.</summary>
    public DateOnly? SpentOn { get; init; }

    public int? SpentCharges { get; init; }

    public long? SpentAmount { get; init; }

    /// <summary>The newest first.</summary>
    public required IReadOnlyList<OperatorActionView> Actions { get; init; }

    public static ChargingControlView Of(ChargingControl control, IEnumerable<OperatorAction> actions) =>
        new()
        {
            IsStopped = control.Stop is not null,
            Stop = control.Stop is { } stop ? new(stop.At, stop.By, stop.Reason, stop.IsAutomatic, stop.LiftsAt) : null,
            SpentOn = control.SpentOn,
            SpentCharges = control.SpentOn is null ? null : control.SpentCharges,
            SpentAmount = control.SpentOn is null ? null : control.SpentMinorUnits,
            Actions = [.. actions.Select(OperatorActionView.Of)],
        };
}

/// <summary>
/// An automatic one ends by itself when PPRO accepts a read again, but not before <paramref name="LiftsAt"/>.
/// </summary>
public sealed record StopView(
    DateTimeOffset Since,
    string By,
    string Reason,
    bool IsAutomatic,
    DateTimeOffset? LiftsAt = null
);
