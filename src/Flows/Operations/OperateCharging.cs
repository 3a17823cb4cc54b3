using Billing;
using Flows.Replies;
using Flows.Requests;
using Flows.Sending;
using Microsoft.Extensions.Logging;
using Storage;

namespace Flows.Operations;

/// <summary>
/// An operator stops all charging, starts it again, and sees who did so, or made the timer tick, before. A stop answers
/// when no worker can have an older view of it any more.
/// </summary>
public sealed class OperateCharging(
    ChargingControlStore store,
    OperatorActions operatorActions,
    ChargingSwitch chargingSwitch,
    TimeProvider clock,
    ILogger<OperateCharging> logger
)
{
    private const int ShownActions = 50;

    /// <summary>Twice the age that a worker's view may have.</summary>
    private static readonly TimeSpan AnswerAfter = TimeSpan.FromSeconds(10);

    public async Task<Reply> StopAsync(WhoAsks who, ReadOnlyMemory<byte>? bytes, CancellationToken cancellationToken)
    {
        var (wish, problem) = OperatorsWish.Read(who, bytes);
        if (wish is null)
        {
            return problem!;
        }

        var stop = new ChargingStop(clock.GetUtcNow(), wish.Actor, wish.Reason, IsAutomatic: false);
        await ChangeAsync("stop", wish, control => control.StopBy(stop), cancellationToken);
        logger.ChargingStopped(wish.Actor, wish.Reason);
        await Task.Delay(AnswerAfter, clock, cancellationToken);
        return await ShowAsync(cancellationToken);
    }

    public async Task<Reply> StartAsync(WhoAsks who, ReadOnlyMemory<byte>? bytes, CancellationToken cancellationToken)
    {
        var (wish, problem) = OperatorsWish.Read(who, bytes);
        if (wish is null)
        {
            return problem!;
        }

        await ChangeAsync("start", wish, control => control.Start(), cancellationToken);
        logger.ChargingStarted(wish.Actor);
        return await ShowAsync(cancellationToken);
    }

    public async Task<Reply> ShowAsync(CancellationToken cancellationToken)
    {
        var control = await store.FindAsync(cancellationToken);
        List<OperatorAction> actions = [];
        foreach (var area in (string[])[OperatorActions.Charging, OperatorActions.Timer])
        {
            actions.AddRange(await operatorActions.ListAsync(area, ShownActions, cancellationToken));
        }

        var newest = actions.OrderByDescending(it => it.At).Take(ShownActions);
        var view = ChargingControlView.Of(control, newest);
        return Reply.Json(200, view, StorefrontJson.Readable.ChargingControlView);
    }

    private async Task ChangeAsync(
        string action,
        OperatorsWish wish,
        Func<ChargingControl, ChargingControl> decide,
        CancellationToken cancellationToken
    )
    {
        await store.ChangeAsync(
            decide,
            (before, after) =>
                new(clock.GetUtcNow(), action, wish.Actor, wish.Reason, Describe(before), Describe(after)),
            cancellationToken
        );
        chargingSwitch.Forget();
    }

    private static string Describe(ChargingControl control) =>
        control.Stop is { } stop ? $"stopped by {stop.By}: {stop.Reason}" : "charging";
}
