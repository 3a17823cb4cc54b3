using System.Text.Json.Nodes;

namespace Simulation.Tests;

/// <summary>Approvals that are hard to tell: cancelled by the shop in the midst of it, or given at the last minute.</summary>
internal static class Approvals
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(60);

    public static bool IsLate(LifePlan life) =>
        life.DecidesAfter is { } decides && (decides - Deadline).Duration() < Near;

    private static TimeSpan Near { get; } = TimeSpan.FromMinutes(5);

    public static LifePlan Of(LifePlan life, Random random, List<Errand> errands)
    {
        var kind = random.Next(100);
        var number = random.Next(1, 1_000_000);
        switch (kind)
        {
            case < 4:
                errands.Add(new(ErrandKind.Cancel, random.AnySize(Little, TimeSpan.FromMinutes(90)), number));
                return life;
            case < 9:
                var cancels = random.AnySize(Little, TimeSpan.FromMinutes(8));
                errands.Add(new(ErrandKind.Cancel, cancels, number));
                return Approving(life, cancels + random.AnySize(Little, TimeSpan.FromMinutes(5)));
            case < 14:
                return Approving(life, Deadline + (Near * ((random.NextDouble() * 1.5) - 1)));
            default:
                return life;
        }
    }

    private static TimeSpan Little { get; } = TimeSpan.FromSeconds(2);

    /// <summary>With a first charge, which is captured with the approval.</summary>
    private static LifePlan Approving(LifePlan life, TimeSpan after)
    {
        var amount = new JsonObject { ["value"] = 101, ["currency"] = "KRW" };
        life.Request["initialPaymentCharge"] ??= new JsonObject { ["amount"] = amount };
        return life with { DecidesAfter = after, Approves = true };
    }
}
