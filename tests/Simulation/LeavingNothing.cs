using Xunit;

namespace Simulation.Tests;

/// <summary>A run of an hour holds hundreds of thousands of histories, one after the other.</summary>
public sealed class LeavingNothing
{
    private const int Seeds = 20;

    [Fact]
    public void A_history_that_is_over_takes_no_memory()
    {
        List<WeakReference> worlds = [];
        Fleet.FirstBroken(
            Enumerable.Range(0, Seeds),
            seed => History.Run(Plan.Of(seed), MixOf(seed), look: world => worlds.Add(new(world)))
        );

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.Equal(Seeds, worlds.Count);
        Assert.DoesNotContain(worlds, world => world.IsAlive);
    }

    private static FaultMix MixOf(int seed) => new(Chance.Stream(seed, 8));
}
