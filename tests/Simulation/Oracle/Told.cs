using System.Text.Json.Nodes;
using Azure.Data.Tables;
using PproSimulator;
using Storage;

namespace Simulation.Tests;

/// <summary>
/// The README's promises 1 and 2, by what we were told: once the event has been handled that a charge was captured
/// under one of our references, nothing more is begun for its period, and nothing is sent again under it, whatever
/// became of another charge of that reference. And such an event is not put aside as nobody's.
/// </summary>
internal sealed class Told(World world)
{
    private const string Captured = "PAYMENT_CHARGE_CAPTURE_SUCCEEDED";

    /// <summary>How the reason begins of what was not handled at all, too often.</summary>
    private const string Poisoned = "failed: ";
    private readonly HashSet<string> charges = [];
    private readonly Dictionary<(string Agreement, string Reference), Sending> captured = [];

    /// <summary>The event that it was captured has been handled.</summary>
    public bool Of(SimCharge charge) => charges.Contains(charge.Id);

    /// <summary>An event is applied to an agreement.</summary>
    public void Heard(TableEntity row, byte[] raw)
    {
        if (
            row.GetString("Type") is Captured
            && (string?)JsonNode.Parse(raw)!["data"]!["paymentChargeId"] is { } id
            && FindCharge(id) is { } charge
            && SendingOf(charge) is { } sending
        )
        {
            charges.Add(id);
            captured[(sending.Agreement, sending.Reference)] = sending;
        }
    }

    /// <summary>One more send is written down.</summary>
    public void JudgeClaim(Sending sending)
    {
        if (captured.ContainsKey((sending.Agreement, sending.Reference)))
        {
            world.Violate($"{sending.Reference} is sent again, and we were told that it is captured");
        }

        var paid = captured.Values.FirstOrDefault(it =>
            it.Agreement == sending.Agreement && it.Period is { } day && day == sending.Period
        );
        if (paid is not null)
        {
            world.Violate($"{sending.RowKey} is begun, and we were told that {paid.Reference} is captured");
        }
    }

    /// <summary>Whose it is can be unclear only where PPRO did not say, or said what is not so.</summary>
    public void JudgeQuarantine(TableEntity row)
    {
        var actor = world.Stage.Current!;
        if (
            world.Books.Events.All.FirstOrDefault(it => Keys.Safe(it.Id) == row.RowKey) is { Type: Captured } happened
            && FindCharge(happened.Subject) is { } charge
            && SendingOf(charge) is not null
            && row.GetString("Reason")?.StartsWith(Poisoned, StringComparison.Ordinal) is false
            && actor is { HasReadInVain: false, WasLiedTo: false }
        )
        {
            world.Violate($"the event that {charge.Reference} is captured is put aside: {row.GetString("Reason")}");
        }
    }

    private SimCharge? FindCharge(string id) => world.Books.Charges.FirstOrDefault(it => it.Id == id);

    private Sending? SendingOf(SimCharge charge) =>
        world.Ledger.ClaimOf(charge.Agreement.Reference!, charge.Reference!)?.Sending;
}
