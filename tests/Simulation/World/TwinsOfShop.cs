using System.Text.Json.Nodes;

namespace Simulation.Tests;

/// <summary>
/// PPRO makes two charges of one request whose reference the shop chose, and one of them fails: of the first charge,
/// which travels with its agreement, or of a single charge.
/// </summary>
internal static class TwinsOfShop
{
    public static string KindOf(int number) => number % 2 is 0 ? "twinFailedFirst" : "twinFailedLast";

    public static Plan AddTo(Plan plan)
    {
        var random = Chance.Stream(plan.Seed, 42);
        return random.Is(0.06) ? Of(plan, random) : plan;
    }

    /// <summary>The consumer approves it, and lets it live.</summary>
    public static Plan Of(Plan plan, Random random)
    {
        var (number, after) = (random.Next(1, 1_000_000), plan.Trouble * 0.7 * random.NextDouble());
        var life = plan.Lives[0] with
        {
            DecidesAfter = TimeSpan.FromMinutes(1),
            Approves = true,
            RevokedAfter = null,
            Request = (JsonObject)plan.Lives[0].Request.DeepClone(),
        };
        var isFirstCharge = random.Is(0.4);
        if (isFirstCharge)
        {
            life.Request["initialPaymentCharge"] = new JsonObject
            {
                ["amount"] = new JsonObject { ["value"] = 101, ["currency"] = "KRW" },
                ["merchantPaymentChargeReference"] = $"twin-first-{number}",
            };
        }
        else
        {
            life = life with { Errands = [.. life.Errands, new(ErrandKind.ChargeTwin, after, number)] };
        }

        return plan with
        {
            Lives = [life, .. plan.Lives.Skip(1)],
            Odd = plan.Odd with
            {
                TwinsOfShop = true,
                Oddities = isFirstCharge ? [new(0, new(KindOf(number)), 1), .. plan.Odd.Oddities] : plan.Odd.Oddities,
            },
        };
    }
}
