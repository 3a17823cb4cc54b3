using Billing;

namespace Simulation.Tests;

/// <summary>
/// The README's promise 15: what the storefront ended, it wanted to end, for the reason that it gave, and it had not
/// taken that back.
/// </summary>
internal static class Ended
{
    public static void Judge(World world, Life life, Agreement agreement)
    {
        if (agreement.Ending is not { By: EndedBy.Storefront } ending)
        {
            return;
        }

        var wishes = life.Accepted.TakeWhile(it => it.AcceptedAt <= world.Ledger.Of(life.Id)!.EndedAt).ToList();
        var takenBack = wishes.FindLastIndex(it => it.Kind is ErrandKind.CancelAndTakeBack);
        var cancels = wishes.Skip(takenBack + 1).Where(it => it.Kind is ErrandKind.Cancel).ToList();
        if (!cancels.Exists(it => (string?)it.Body!["reason"] == ending.Reason))
        {
            world.Violate(
                $"{life.Plan.Key} was ended by its shop, because of '{ending.Reason}', which it had not asked for"
            );
        }
    }
}
