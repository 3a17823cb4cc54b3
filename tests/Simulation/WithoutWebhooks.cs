using Xunit;

namespace Simulation.Tests;

/// <summary>Webhooks only make it faster.</summary>
public sealed class WithoutWebhooks
{
    private const int Seeds = 150;

    [Fact]
    public void With_every_webhook_blocked_every_history_comes_to_the_same_states()
    {
        List<string> different = [];
        var broken = Fleet.Run(
            [.. Enumerable.Range(0, Seeds)],
            seed =>
            {
                var (with, without) = (new List<string>(), new List<string>());
                History.Run(Quiet(seed), new NoFaults(), look: it => Look(it, with));
                var verdict = History.Run(
                    Quiet(seed) with
                    {
                        Webhooks = new(1, 0, 0),
                    },
                    new NoFaults(),
                    look: it => Look(it, without)
                );
                lock (different)
                {
                    different.AddRange(
                        with.Zip(without).Where(it => it.First != it.Second).Select(it => $"seed {seed}: {it}")
                    );
                }

                return verdict;
            }
        );

        Assert.True(broken.Count is 0, string.Join('\n', broken.Select(it => it.Report)));
        Assert.Empty(different);
    }

    /// <summary>Nothing goes wrong, and nobody but the schedule and the approval has a say.</summary>
    private static Plan Quiet(int seed)
    {
        var plan = Plan.Of(seed);
        return plan with
        {
            Weather = new(0, 0, 0, 0, 0),
            Odd = OddPlan.None,
            Ppro = plan.Ppro with { InactiveFor = null },
            Webhooks = new(0, 0, 0),
            Lives =
            [
                .. plan.Lives.Select(it =>
                    it with
                    {
                        Errands = [],
                        RevokedAfter = null,
                        RevokedDuringCharge = null,
                        DeclinesAfter = null,
                    }
                ),
            ],
        };
    }

    private static void Look(World world, List<string> states) =>
        states.AddRange(world.Lives.Select(it => Portrait.OfLongAgo(world, it.Id)));
}
