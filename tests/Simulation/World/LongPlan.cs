using System.Text.Json.Nodes;
using Billing;

namespace Simulation.Tests;

/// <summary>
/// A history of more than a year, of one agreement that is charged seldom: long enough for the refund window to close
/// and for events to be purged. Little goes wrong in it, so that it takes no longer than others.
/// </summary>
internal static class LongPlan
{
    private static readonly TimeSpan Year = TimeSpan.FromDays(365);

    public static bool IsLong(int seed) => Chance.Stream(seed, 40).Is(0.008);

    public static Plan Of(Plan plan)
    {
        var random = Chance.Stream(plan.Seed, 41);
        var frequency = random.Pick(FrequencyType.Monthly, FrequencyType.Yearly, FrequencyType.Yearly);
        return plan with
        {
            Trouble = TimeSpan.FromDays(random.Next(400, 480)),
            Hosts = 1,
            Walks = true,
            EventsKept = TimeSpan.FromDays(30),
            Odd = new() { Oddities = [new(0, new("failsLater") { After = TimeSpan.FromHours(5) }, 1)] },
            Caps = new(null, null),
            PortalRefunds = 0,
            Webhooks = random.Pick<WebhookPlan>(new(0, 0, 0), new(0.1, 0.2, 0.2)),
            Weather = new(1, 1, 0, random.Next(0, 2), 0),
            Lives = [LifeOf(random, frequency)],
        };
    }

    private static LifePlan LifeOf(Random random, FrequencyType frequency)
    {
        var request = LifePlan.RequestOf(random, frequency, null);
        request.Remove("maxCharges");
        request.Remove("catchUp");
        return new()
        {
            Key = $"long-{random.Next(100_000)}",
            Frequency = frequency,
            Request = (JsonObject)request.DeepClone(),
            CreatedAfter = TimeSpan.FromMinutes(1),
            DecidesAfter = TimeSpan.FromMinutes(2),
            Errands =
            [
                .. Enumerable.Range(0, 5).Select(_ => RefundAbout(random)),
                new(ErrandKind.RefundSome, Year / 2 * random.NextDouble(), random.Next(1, 1_000_000)),
            ],
        };
    }

    /// <summary>Just before, or just after, the first charge can no longer be refunded; a second time a little later.</summary>
    private static Errand RefundAbout(Random random) =>
        new(
            ErrandKind.RefundSome,
            Year - TimeSpan.FromDays(2) + (TimeSpan.FromDays(4) * random.NextDouble()),
            random.Next(1, 1_000) * 200_000
        );
}
