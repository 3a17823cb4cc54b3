using Azure.Data.Tables;

namespace Simulation.Tests;

/// <summary>
/// The README's promise 33, at the moment at which an attempt is decided: what was heard of another charge decides
/// nothing, and what was captured otherwise than asked for calls for a person in the same breath.
/// </summary>
internal static class Believed
{
    private static readonly string[] Decided = ["Captured", "Declined"];

    public static bool IsDecided(TableEntity attempt) => Decided.Contains(attempt.GetString("State"));

    /// <param name="world">Where it happens.</param>
    /// <param name="sending">What is decided.</param>
    /// <param name="attempt">Its row, with what is written now.</param>
    /// <param name="agreement">PPRO's id of its agreement.</param>
    /// <param name="isStopped">The agreement calls for a person, with the same write or before.</param>
    public static void Judge(World world, Sending sending, TableEntity attempt, string? agreement, bool isStopped)
    {
        var isCaptured = attempt.GetString("State") is "Captured";
        var (asked, captured) = (attempt.GetInt64("AmountMinorUnits"), attempt.GetInt64("CapturedMinorUnits"));
        if (isCaptured && asked != captured && !isStopped)
        {
            world.Violate($"{sending.Reference} of {asked} is captured with {captured}, and charging goes on");
        }

        // An event speaks for itself, whatever was asked to find its agreement.
        var actor = world.Stage.Current;
        if (actor?.Heard is not { } heard || actor.Name.Contains(" event", StringComparison.Ordinal))
        {
            return;
        }

        if (!isCaptured && heard.CallsCaptured(sending, agreement))
        {
            world.Violate($"{sending.Reference} is declined, and the same answer calls it captured");
        }

        if (!isStopped && IsOfAnother(heard, sending, attempt, isCaptured))
        {
            world.Violate($"{sending.Reference} is decided, by an answer with {heard.Lie}");
        }
    }

    /// <summary>
    /// In answer to a charge nobody can know its id before; and what names our own agreement need not say so again.
    /// </summary>
    private static bool IsOfAnother(Heard heard, Sending sending, TableEntity attempt, bool isCaptured) =>
        heard.Lie switch
        {
            FaultKind.AnotherReference => true,
            FaultKind.AnotherAmount or FaultKind.AnotherCurrency => isCaptured,
            FaultKind.AnotherCharge => heard.IsRead && attempt.GetString("ProviderId") is not Untruth.StrangersCharge,
            FaultKind.ForeignHit => attempt.GetString("ProviderId") is Untruth.StrangersCharge,
            FaultKind.NoAgreement => sending.IsNamedByShop && !sending.IsKnownAtPpro,
            _ => false,
        };
}
