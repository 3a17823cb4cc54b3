using Billing;
using Flows.Settings;
using Microsoft.Extensions.Options;
using Storage;

namespace Flows.Sending;

/// <summary>
/// May money be asked for at all now, whichever agreement it is? First sends and resends ask alike. Reads, revocations
/// and webhooks go on.
/// </summary>
public sealed class ChargingGate(
    ClockWatch clockWatch,
    ChargingSwitch chargingSwitch,
    DailyAllowance allowance,
    AutomaticStop automaticStop,
    IOptions<ChargingOptions> options
)
{
    /// <summary>Null when the gate is open; caps are asked by <see cref="EnterAsync"/>.</summary>
    public async Task<string?> WhyClosedAsync(CancellationToken cancellationToken)
    {
        if (!options.Value.Enabled)
        {
            return "this deployment charges nothing: Charging__Enabled is not true";
        }

        if (options.Value.CheckClock && !clockWatch.IsTrusted)
        {
            return $"the clock is {clockWatch.Skew.Duration().TotalMinutes:F0} minutes off";
        }

        return await chargingSwitch.FindStopAsync(cancellationToken) is { } stop
            ? $"stopped by {stop.By}: {stop.Reason}"
            : null;
    }

    /// <summary>
    /// Lets one request through; a charge counts against today's caps. A pass that is not used is to be given back.
    /// </summary>
    public async Task<GatePass> EnterAsync(Toll toll, CancellationToken cancellationToken)
    {
        if (toll.IsFree)
        {
            return new(null, null, 0);
        }

        var why = await WhyClosedAsync(cancellationToken);
        return why is null && toll.Counted is { } minorUnits
            ? await CountAsync(minorUnits, cancellationToken)
            : new(why, null, 0);
    }

    private async Task<GatePass> CountAsync(long minorUnits, CancellationToken cancellationToken)
    {
        if (!await automaticStop.MayTryAsync(cancellationToken))
        {
            return new("PPRO refused charges: one at a time is tried until PPRO takes one", null, 0);
        }

        return await allowance.TakeAsync(minorUnits, cancellationToken) is { } takenOn
            ? new(null, takenOn, minorUnits)
            : new("today's cap is reached", null, 0);
    }

    public void GiveBack(GatePass pass)
    {
        if (pass.TakenOn is { } day)
        {
            allowance.GiveBack(day, pass.MinorUnits);
        }
    }

    /// <summary>When an agreement that was refused is looked at again: not all at once.</summary>
    public static DateTimeOffset LookAgainAt(AgreementId agreement, DateTimeOffset now) =>
        now + ChargingControl.AskAgain + TimeSpan.FromSeconds(agreement.Value[^1] * agreement.Value[^2] % 300);
}

/// <summary>The right to ask for this much; or why there is none.</summary>
public sealed record GatePass(string? WhyClosed, DateOnly? TakenOn, long MinorUnits);
