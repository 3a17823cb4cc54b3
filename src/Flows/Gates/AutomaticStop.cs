using Billing;
using Microsoft.Extensions.Logging;
using Ppro;
using Storage;

namespace Flows;

/// <summary>
/// Charging stops by itself when PPRO's refusal says that our credentials or address are wrong (order of a charge, rule
/// 3): every further request would be refused too. It starts again when a read with the same credentials succeeds.
/// </summary>
public sealed class AutomaticStop(
    ChargingControlStore store,
    ChargingSwitch chargingSwitch,
    PproClient ppro,
    TimeProvider clock,
    ILogger<AutomaticStop> logger
)
{
    private const string Actor = "service";

    /// <summary>A read may succeed where a charge is refused: then the stop lasts at least this long.</summary>
    private static readonly TimeSpan AtLeast = TimeSpan.FromMinutes(3);

    /// <summary>What PPRO answered to a request that changes something.</summary>
    public async Task NoteAsync<T>(Answer<T> answer)
    {
        if (answer is not Answer<T>.Refused { Refusal: { Kind: RefusalKind.Credentials or RefusalKind.Route } refusal })
        {
            return;
        }

        var why = $"PPRO answers HTTP {refusal.HttpStatus}: our credentials or address are wrong";
        var stop = new ChargingStop(clock.GetUtcNow(), Actor, why, IsAutomatic: true);
        await store.ChangeAsync(
            control => control.StopBy(stop),
            (_, _) => new(stop.At, "stop", Actor, why, "charging", "stopped"),
            CancellationToken.None
        );
        chargingSwitch.Forget();
        logger.ChargingStopped(Actor, why);
    }

    /// <summary>Ends an automatic stop, and no other, when PPRO accepts a read.</summary>
    public async Task RecoverAsync(CancellationToken cancellationToken)
    {
        if (
            await chargingSwitch.FindStopAsync(cancellationToken) is not { IsAutomatic: true } stop
            || clock.GetUtcNow() - stop.At < AtLeast
            || await ppro.FindChargesAsync("credentials-check", cancellationToken)
                is not Answer<System.Collections.Immutable.ImmutableArray<ChargeReading>>.Said
        )
        {
            return;
        }

        await store.ChangeAsync(
            control => control.Stop is { IsAutomatic: true } ? control.Start() : control,
            (_, _) => new(clock.GetUtcNow(), "start", Actor, "PPRO accepts our credentials", "stopped", "charging"),
            cancellationToken
        );
        chargingSwitch.Forget();
        logger.ChargingStarted(Actor);
    }
}
