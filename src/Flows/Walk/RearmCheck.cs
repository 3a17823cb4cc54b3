using Billing;
using Flows.Settings;
using Microsoft.Extensions.Options;
using Storage;

namespace Flows.Walk;

/// <summary>
/// Before a late next look is called lost: is the timer keeping up, and has the charging gate been open for a while?
/// </summary>
public sealed class RearmCheck(
    WakeUps wakeUps,
    IQueues queues,
    ChargingControlStore control,
    OperatorActions operatorActions,
    IOptions<ChargingOptions> options,
    TimeProvider clock
)
{
    /// <summary>A wake-up that waits longer shows that the timer is behind.</summary>
    private static readonly TimeSpan Behind = TimeSpan.FromMinutes(10);

    /// <summary>Looks that a closed gate sent away have all come back by then.</summary>
    private static readonly TimeSpan BackWithin = ChargingControl.AskAgain * 2;

    public async Task<RearmRules> RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var first = await wakeUps.FirstAsync(cancellationToken);
        var waiting = await queues.DepthAsync(StoreNames.DueAgreements, cancellationToken);
        return new(
            first is null || now - first < Behind && waiting is 0,
            await IsGateOpenAsync(now, cancellationToken)
        );
    }

    private async Task<bool> IsGateOpenAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (options.Value is { Enabled: false } or { MaxChargesPerDay: not null } or { MaxAmountPerDay: not null })
        {
            return false; // Whether a cap sent a look away cannot be told afterwards.
        }

        var state = await control.FindAsync(cancellationToken);
        var actions = await operatorActions.ListAsync(OperatorActions.Charging, limit: 1, cancellationToken);
        return state.Stop is null && (actions is not [var latest] || now - latest.At > BackWithin);
    }
}
