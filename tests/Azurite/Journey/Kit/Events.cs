using System.Globalization;
using PproSimulator;
using Storage;

namespace Azurite.Tests.JourneyTests;

/// <summary>What became of PPRO's events.</summary>
public static class Events
{
    /// <summary>
    /// Whatever was answered with a 2xx is applied, or kept in quarantine (the README's promises 23, 25).
    /// </summary>
    public static Task VerifyAllAreKeptAsync(World world)
    {
        var arrived = world.Books.With(it => it.Events.All.Where(happened => happened.HasArrived).ToList());
        return arrived.ForEachAsync(async it =>
            Assert.True(await IsKeptAsync(world, it), $"{it.Type} {it.Id} is lost")
        );
    }

    private static async Task<bool> IsKeptAsync(World world, SimEvent happened)
    {
        var key = Keys.Event(happened.Id);
        var owner = world.Books.With(it => OwnerOf(it, happened.Subject));
        var tables = world.Get<ITables>();
        if (owner is not null && await tables.FindAsync(StoreNames.Agreements, new(owner, key), default) is not null)
        {
            return true;
        }

        var first = happened.Time.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        var kept = await tables.RangeAsync(
            StoreNames.Quarantine,
            new(first, "9", 1000) { FromRow = Keys.Safe(happened.Id), BeforeRow = Keys.Safe(happened.Id) + "!" },
            default
        );
        return kept.Count > 0;
    }

    private static string? OwnerOf(PproBooks books, string subject) =>
        books.Agreements.FirstOrDefault(it => it.Id == subject)?.Reference
        ?? books.Charges.FirstOrDefault(it => it.Id == subject)?.Agreement.Reference;
}
