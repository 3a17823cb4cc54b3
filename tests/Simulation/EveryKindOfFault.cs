using Xunit;

namespace Simulation.Tests;

/// <summary>A fault that never happens proves nothing: each kind of the list happens, by chance alone.</summary>
public sealed class EveryKindOfFault
{
    private const int Seeds = 400;

    /// <summary>Histories of more than a year are few, and some things happen in them alone.</summary>
    private const int LongOnes = 8;

    [Fact]
    public void Every_kind_of_fault_happens()
    {
        var summary = new Summary();

        var longOnes = Enumerable.Range(100_000 + Seeds, 10_000).Where(LongPlan.IsLong).Take(LongOnes);

        Fleet.Run([.. Enumerable.Range(100_000, Seeds), .. longOnes], seed => History.OfSeed(seed), summary.Add);

        Assert.Equal(Enum.GetValues<FaultKind>().Where(it => it is not FaultKind.None), summary.FaultKinds);
        Assert.Equal(Enum.GetValues<Happening>(), summary.Happenings);
    }
}
