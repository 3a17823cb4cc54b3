using Billing;
using Flows.Settings;
using Microsoft.Extensions.Options;
using Storage;

namespace Flows.Sending;

/// <summary>
/// This worker's part of today's caps. The control row is asked, by a conditional write, only when it is used up; what
/// a worker that dies still had is lost for the day, so the caps are never exceeded.
/// </summary>
public sealed class DailyAllowance(ChargingControlStore store, IOptions<ChargingOptions> options, TimeProvider clock)
{
    private readonly DailyCaps caps = options.Value.ToCaps();
    private readonly AsyncLock oneByOne = new();
    private readonly Lock gate = new();
    private Allowance held = new(DateOnly.MinValue, 0, 0);

    /// <summary>The day it counts for; null when today's caps have no room for this much.</summary>
    public async Task<DateOnly?> TakeAsync(long minorUnits, CancellationToken cancellationToken)
    {
        if (caps.AreNone || TakeHeld(minorUnits) is not null)
        {
            return Today;
        }

        return await oneByOne.RunAsync(async () =>
            TakeHeld(minorUnits) ?? await RefillAsync(minorUnits, cancellationToken)
        );
    }

    /// <summary>What was taken and not used; of a day that is over it is forgotten.</summary>
    public void GiveBack(DateOnly takenOn, long minorUnits)
    {
        lock (gate)
        {
            held =
                held.On == takenOn
                    ? held with
                    {
                        Charges = held.Charges + 1,
                        MinorUnits = held.MinorUnits + minorUnits,
                    }
                    : held;
        }
    }

    private DateOnly? TakeHeld(long minorUnits)
    {
        lock (gate)
        {
            if (held.On != Today || held.Charges < 1 || held.MinorUnits < minorUnits)
            {
                return null;
            }

            held = held with { Charges = held.Charges - 1, MinorUnits = held.MinorUnits - minorUnits };
            return held.On;
        }
    }

    private async Task<DateOnly?> RefillAsync(long minorUnits, CancellationToken cancellationToken)
    {
        Allowance? granted = null;
        await store.ChangeAsync(Take, note: null, cancellationToken);
        if (granted is null)
        {
            return null;
        }

        lock (gate)
        {
            held =
                held.On == granted.On
                    ? granted with
                    {
                        Charges = held.Charges + granted.Charges,
                        MinorUnits = held.MinorUnits + granted.MinorUnits,
                    }
                    : granted;
        }

        return TakeHeld(minorUnits);

        ChargingControl? Take(ChargingControl control)
        {
            var taken = control.Take(caps, minorUnits, Today);
            granted = taken?.Grant;
            return taken?.Control;
        }
    }

    private DateOnly Today => BillingCalendar.DateAt(clock.GetUtcNow());
}
