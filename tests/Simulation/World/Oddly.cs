using System.Web;
using PproSimulator;
using Storage;

namespace Simulation.Tests;

/// <summary>
/// Which agreements something odd has befallen at PPRO, or on the way from there. Only these may call for a person.
/// </summary>
internal sealed class Oddly(World world)
{
    private readonly HashSet<string> agreements = [];
    private readonly HashSet<string> misquoted = [];

    /// <summary>The agreements whose charges were refused as requests since PPRO last took one.</summary>
    public HashSet<string> RefusedInARow { get; } = [];

    /// <summary>
    /// Whoever heard that PPRO took a charge ends the row when it looks at the stop switch; who dies before that does
    /// not. Whoever was held up with a refusal adds to the row when it writes that down.
    /// </summary>
    public void Found(string table, Actor actor)
    {
        if (table is StoreNames.Control && actor.WasTaken)
        {
            actor.WasTaken = false;
            RefusedInARow.Clear();
        }
    }

    /// <summary>PPRO has refused a request that was as it should be.</summary>
    public void Refused(string agreement)
    {
        agreements.Add(agreement);
        RefusedInARow.Add(agreement);
    }

    public bool Has(Life life) =>
        agreements.Contains(life.Id.Value)
        || world.Books.Charges.Any(it => it.Agreement.Reference == life.Id.Value && IsOdd(it));

    /// <summary>Of this agreement, what PPRO said of some charge was not so: our books may have believed it.</summary>
    public bool IsMisquoted(Life life) => misquoted.Contains(life.Id.Value);

    public static bool IsOdd(SimCharge charge) =>
        charge.IsTwin
        || charge.Captured != charge.Amount
        || IsCapturedAfterAll(charge)
        || charge.Refunds.Exists(it => it is { SucceededAt: not null, Status: "FAILED" })
        || charge.Funds.ContainsValue("REFUND_FUNDS_REJECTED");

    public static bool IsCapturedAfterAll(SimCharge charge) => charge is { FailedAt: not null, IsCaptured: true };

    /// <summary>Somebody has been told what is not so, in answer to this.</summary>
    public void LiedTo(HttpRequestMessage request, FaultKind lie)
    {
        foreach (var agreement in AgreementsOf(request.RequestUri!))
        {
            agreements.Add(agreement);
            if (lie is FaultKind.AnotherAmount or FaultKind.AnotherCurrency or FaultKind.AnotherCharge)
            {
                misquoted.Add(agreement);
            }
        }
    }

    private IEnumerable<string> AgreementsOf(Uri address)
    {
        var query = HttpUtility.ParseQueryString(address.Query);
        if (query["merchantPaymentChargeReference"] is { } reference)
        {
            return world.Ledger.SendingsUnder(reference).Select(it => it.Agreement);
        }

        var theirs = world.Books.FindNamed(address.AbsolutePath)?.Reference;
        return theirs is null ? ReferenceOf(query["agreementId"]) : [theirs];
    }

    private IEnumerable<string> ReferenceOf(string? id) =>
        world.Books.Agreements.FirstOrDefault(it => it.Id == id)?.Reference is { } reference ? [reference] : [];
}
