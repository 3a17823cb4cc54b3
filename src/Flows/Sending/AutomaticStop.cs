using Billing;
using Microsoft.Extensions.Logging;
using Storage;

namespace Flows.Sending;

/// <summary>
/// Charging stops by itself when PPRO's refusals say that something of ours is wrong: our credentials or address
/// (docs/decisions.md, A 401, 403 or bare 404 gets a second opinion), or what we ask for, on one agreement after the
/// other. It starts again when a read with the same credentials succeeds.
/// </summary>
public sealed class AutomaticStop(
    ChargingControlStore store,
    ChargingSwitch chargingSwitch,
    SecondOpinion secondOpinion,
    TimeProvider clock,
    ILogger<AutomaticStop> logger
)
{
    private const string Actor = ChargingControl.Service;
    private const string Stop = "stop";
    private const string Start = "start";

    /// <summary>What PPRO answered to a request that changes something.</summary>
    public Task NoteAsync<T>(Answer<T> answer) =>
        answer is Answer<T>.Refused { Refusal: { IsOfUs: true } refusal }
            ? ChangeAsync(it =>
                it.StopBySelf(
                    $"PPRO answers HTTP {refusal.HttpStatus}: our credentials or address are wrong",
                    clock.GetUtcNow()
                )
            )
            : Task.CompletedTask;

    /// <summary>
    /// What PPRO answered to a charge. A request that is refused counts when it is ours; what a caller asked for is the
    /// caller's.
    /// </summary>
    public Task NoteAsync(Answer<ChargeReading> answer, AgreementId agreement, bool isOurs) =>
        answer switch
        {
            Answer<ChargeReading>.Said => AcceptedAsync(),
            Answer<ChargeReading>.Refused { Refusal: var refusal }
                when refusal.Kind is RefusalKind.Agreement || (isOurs && refusal.IsOfRequest) => ChangeAsync(it =>
                it.Refused(agreement, refusal.HttpStatus, clock.GetUtcNow())
            ),
            _ => NoteAsync(answer),
        };

    /// <summary>
    /// After refusals of one agreement after the other one charge at a time is tried, by whichever worker.
    /// </summary>
    public async Task<bool> MayTryAsync(CancellationToken cancellationToken)
    {
        if (await chargingSwitch.FindAsync(cancellationToken) is { IsOnTrial: false })
        {
            return true;
        }

        return await store.ChangeAsync(it => it.TakeTrial(clock.GetUtcNow()), note: null, cancellationToken)
            is not null;
    }

    /// <summary>Ends an automatic stop, and no other, when PPRO accepts a read.</summary>
    public async Task RecoverAsync(CancellationToken cancellationToken)
    {
        var control = await chargingSwitch.FindAsync(cancellationToken);
        if (
            control?.MayRecover(clock.GetUtcNow()) is not true
            || !await secondOpinion.AnswersReadAsync(cancellationToken)
        )
        {
            return;
        }

        await ChangeAsync(it => it.Recover(clock.GetUtcNow()));
    }

    private async Task AcceptedAsync()
    {
        if (await chargingSwitch.FindAsync(CancellationToken.None) is { } seen && seen != seen.Accepted())
        {
            await ChangeAsync(it => it.Accepted());
        }
    }

    private async Task ChangeAsync(Func<ChargingControl, ChargingControl> decide)
    {
        OperatorAction? action = null;
        await store.ChangeAsync(
            decide,
            (before, after) => action = NoteOf(before.Stop, after.Stop),
            CancellationToken.None
        );
        chargingSwitch.Forget();
        switch (action)
        {
            case { Action: Stop }:
                logger.ChargingStopped(Actor, action.Reason);
                break;
            case { Action: Start }:
                logger.ChargingStarted(Actor);
                break;
        }
    }

    private OperatorAction? NoteOf(ChargingStop? before, ChargingStop? after) =>
        (before, after) switch
        {
            (null, { } stop) => new(stop.At, Stop, Actor, stop.Reason, "charging", "stopped"),
            ({ }, null) => new(clock.GetUtcNow(), Start, Actor, "PPRO answers a read", "stopped", "charging"),
            _ => null,
        };
}
