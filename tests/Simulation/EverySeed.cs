using Xunit;

namespace Simulation.Tests;

/// <summary>The promises hold in every history, whatever goes wrong in it.</summary>
public sealed class EverySeed
{
    private const int Seeds = 2_000;

    [Fact]
    public void Nothing_is_charged_twice_and_nothing_is_lost()
    {
        var broken = Fleet.Run([.. Enumerable.Range(0, Seeds)], seed => History.OfSeed(seed));

        Assert.True(broken.Count is 0, string.Join('\n', broken.Select(it => it.Report)));
    }

    [Fact]
    public void The_same_seed_is_the_same_history()
    {
        int[] seeds = [.. Enumerable.Range(0, 40)];
        Dictionary<int, ulong> first = [];
        Dictionary<int, ulong> second = [];

        Fleet.Run(seeds, seed => History.OfSeed(seed), it => first[it.Seed] = it.Hash);
        Fleet.Run(seeds, seed => History.OfSeed(seed, keepsTimeline: true), it => second[it.Seed] = it.Hash);

        Assert.Equal(first.OrderBy(it => it.Key), second.OrderBy(it => it.Key));
        Assert.Equal(seeds.Length, first.Values.Distinct().Count());
    }
}
