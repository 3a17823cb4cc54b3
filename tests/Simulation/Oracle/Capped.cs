using System.Text.Json.Nodes;
using Billing;

namespace Simulation.Tests;

/// <summary>The README's promise 30: above a day's cap nothing leaves. Every send counts, a resend too.</summary>
internal sealed class Capped(World world)
{
    /// <summary>Our clock and Seoul's may differ by this much; so near to midnight it is nobody's day.</summary>
    private static readonly TimeSpan Twilight = TimeSpan.FromMinutes(6);

    private DateOnly today;
    private int charges;
    private long minorUnits;

    /// <param name="body">Of a charge, or of an agreement, with which a first charge may travel.</param>
    public void Sent(string body)
    {
        var request = JsonNode.Parse(body)!;
        var now = world.Time.Now;
        var isTwilight = Grid.DayAt(now - Twilight) != Grid.DayAt(now + Twilight);
        var charge = request["merchantPaymentChargeReference"] is null ? request["initialPaymentCharge"] : request;
        if (charge is null || isTwilight)
        {
            return;
        }

        var day = Grid.DayAt(now);
        (charges, minorUnits) = day == today ? (charges, minorUnits) : (0, 0);
        (today, charges, minorUnits) = (day, charges + 1, minorUnits + (long)charge["amount"]!["value"]!);
        Judge(world.IsCalm ? new(null, null) : world.Plan.Caps);
    }

    private void Judge(DailyCaps caps)
    {
        if (charges >= caps.Charges || minorUnits >= caps.MinorUnits)
        {
            world.Timeline.Count(Happening.CapReached);
        }

        if (charges > caps.Charges || minorUnits > caps.MinorUnits)
        {
            world.Violate($"{charges} charges over {minorUnits} left on {today:O}, above {caps}");
        }
    }
}
