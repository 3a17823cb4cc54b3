using Billing;
using PproSimulator;

namespace Simulation.Tests;

/// <summary>
/// Of two charges that one request made, which one is ours: the one that was captured, as soon as its event has reached
/// us. Undecidable is only which of two that are both captured; and of what we never heard a person has to learn.
/// </summary>
internal static class Twins
{
    /// <summary>Our books have to have it.</summary>
    public static bool AreOurs(World world, IReadOnlyList<Attempt> ours, SimCharge charge, SimCharge[] charges) =>
        !charge.IsTwin
        || ours.Any(it => it.ProviderId == charge.Id)
        || (world.Ledger.Told.Of(charge) && CapturedUnder(charge.Reference!, charges).Count() is 1);

    /// <summary>What was captured under this reference is twins alone, and no event of theirs has reached us.</summary>
    public static bool AreUnheardOf(World world, string reference, SimCharge[] charges)
    {
        var captured = CapturedUnder(reference, charges).ToList();
        return captured is not [] && captured.TrueForAll(it => it.IsTwin && !world.Ledger.Told.Of(it));
    }

    private static IEnumerable<SimCharge> CapturedUnder(string reference, SimCharge[] charges) =>
        charges.Where(it => it.IsCaptured && it.Reference == reference);
}
