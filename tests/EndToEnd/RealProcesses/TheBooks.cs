using System.Globalization;
using System.Text.Json.Nodes;
using TestKit;

namespace EndToEnd.Tests;

/// <summary>PPRO's books against what we say, agreement by agreement: nothing twice, nothing lost.</summary>
internal static class TheBooks
{
    /// <summary>Every day since its first is paid once; every charge and refund of the shop's is there once.</summary>
    public static async Task AgreeAsync(LocalApp app, IReadOnlyList<string> daily, InsistentShop shop)
    {
        var charges = (await app.BooksAsync("charges")).Select(it => it!).ToList();
        foreach (var id in daily)
        {
            var captured = charges.Where(it => Is(it, id) && (bool)it["isCaptured"]!).ToList();
            var days = captured.Select(DayOf).OfType<DateOnly>().Order().ToList();
            Assert.Equal(Days(DayAt(LocalApp.Start), DayAt(app.Now)), days);
            Assert.Equal(
                shop.Charges.Where(it => it.Value.Agreement == id).Select(it => it.Key).Order(),
                captured.Where(it => DayOf(it) is null).Select(it => (long)it["amount"]!).Order()
            );

            var ours = (await app.GetAsync($"/api/agreements/{id}")).Json;
            Assert.Equal(captured.Sum(it => (long)it["amount"]!), (long)ours["capturedAmount"]!);
            Assert.Equal(captured.SelectMany(Refunds).Sum(), (long)ours["refundedAmount"]!);
            Assert.Equal("ACTIVE", (string?)ours["status"]);
            Assert.Null(ours["skippedPeriods"]);
        }

        foreach (var (amount, (_, refund)) in shop.Charges)
        {
            Assert.Equal([refund], charges.Where(it => (long)it["amount"]! == amount).SelectMany(Refunds));
        }
    }

    /// <summary>One agreement at PPRO for each key, and its status is ours.</summary>
    public static async Task AgreeOnAbandonedAsync(LocalApp app, InsistentShop shop)
    {
        var atPpro = await app.BooksAsync("agreements");
        foreach (var key in shop.Abandoned)
        {
            var again = (await app.PostAsync("/api/agreements", Storefront.AgreementRequest(), key)).Json;
            var one = Assert.Single(atPpro, it => (string?)it!["reference"] == (string?)again["id"])!;
            Assert.Equal(("FAILED", "FAILED"), ((string?)again["status"], (string?)one["status"]));
        }
    }

    /// <summary>Nothing that PPRO had to say has got lost.</summary>
    public static async Task HaveAllArrivedAsync(LocalApp app) =>
        Assert.All(await app.BooksAsync("events"), it => Assert.True((bool)it!["hasArrived"]!, it.ToJsonString()));

    private static bool Is(JsonNode charge, string id) => (string?)charge["agreementReference"] == id;

    private static IEnumerable<long> Refunds(JsonNode charge) =>
        charge["refunds"]!
            .AsArray()
            .Where(it => (string?)it!["status"] is "REFUNDED")
            .Select(it => (long)it!["amount"]!);

    private static DateOnly? DayOf(JsonNode charge) =>
        ((string)charge["reference"]!).Split('-') is [_, { Length: 8 } day, _]
            ? DateOnly.ParseExact(day, "yyyyMMdd", CultureInfo.InvariantCulture)
            : null;

    private static DateOnly DayAt(DateTimeOffset at) => DateOnly.FromDateTime(at.ToOffset(TimeSpan.FromHours(9)).Date);

    private static IEnumerable<DateOnly> Days(DateOnly first, DateOnly last)
    {
        for (var day = first; day <= last; day = day.AddDays(1))
        {
            yield return day;
        }
    }
}
