using Xunit;

namespace Simulation.Tests;

/// <summary>A run of an hour holds hundreds of thousands of histories, one after the other.</summary>
public sealed class LeavingNothing
{
    private const int Seeds = 20;
    private const int Tries = 100;

    [Fact]
    public void A_history_that_is_over_takes_no_memory()
    {
        List<WeakReference> worlds = [];
        Fleet.FirstBroken(
            Enumerable.Range(0, Seeds),
            seed => History.OfSeed(seed, look: world => worlds.Add(new(world)))
        );

        // What a thread or a finalizer still holds just now goes a moment later; what is kept for good never goes.
        for (var tries = 0; tries < Tries && worlds.Exists(world => world.IsAlive); tries++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.Equal(Seeds, worlds.Count);
        Assert.DoesNotContain(worlds, world => world.IsAlive);
    }
}
