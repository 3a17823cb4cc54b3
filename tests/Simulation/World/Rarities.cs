using System.Text.Json.Nodes;

namespace Simulation.Tests;

/// <summary>
/// What only some histories have, each thing from a stream of its own, so that all the others go as they would without
/// it.
/// </summary>
internal static class Rarities
{
    private const int OfLives = 30;

    public static Plan AddTo(Plan plan)
    {
        IReadOnlyList<LifePlan> lives =
        [
            .. plan.Lives.Select((life, number) => AddTo(life, Chance.Stream(plan.Seed, OfLives + number), plan)),
        ];
        return plan with
        {
            Lives = SharesReference(plan.Seed) ? Sharing(lives, plan) : lives,
            ClosesExceptions = Chance.Stream(plan.Seed, 25).Is(0.85),
        };
    }

    /// <summary>Two agreements of this history have charges under one reference that their shop chose.</summary>
    public static bool SharesReference(int seed) => Chance.Stream(seed, 23).Is(0.06);

    private static LifePlan AddTo(LifePlan life, Random random, Plan plan)
    {
        var errands = new List<Errand>(life.Errands);
        if (random.Is(0.06))
        {
            var soon = random.AnySize(TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(90));
            errands.Add(new(ErrandKind.Cancel, soon, random.Next(1, 1_000_000)));
        }

        if (random.Is(0.1) && life.Request["initialPaymentCharge"] is { } initial)
        {
            initial["merchantPaymentChargeReference"] = $"first-{random.Next(1_000)}";
        }

        return life with
        {
            Errands = errands,
        };
    }

    /// <summary>Both are charged under it at about the same time, some time after their approval.</summary>
    private static List<LifePlan> Sharing(IReadOnlyList<LifePlan> lives, Plan plan)
    {
        var random = Chance.Stream(plan.Seed, 24);
        var first = lives[0] with { DecidesAfter = TimeSpan.FromMinutes(1), Approves = true, RevokedAfter = null };
        var second = first with { Key = $"{first.Key}-too", Request = (JsonObject)first.Request.DeepClone() };
        var after = TimeSpan.FromHours(2) + (plan.Trouble * 0.7 * random.NextDouble());
        return [.. new[] { first, second }.Select(it => it with { Errands = [.. it.Errands, Shared()] })];

        Errand Shared() =>
            new(ErrandKind.ChargeShared, after + random.AnySize(TimeSpan.FromSeconds(1), TimeSpan.FromHours(20)), 1);
    }
}
