using Xunit;

namespace Simulation.Tests;

/// <summary>
/// One whole life (create, approve, three periods with one decline, refund, cancel), and in it every fault that can
/// happen at every effect, one at a time.
/// </summary>
public sealed class EverySingleFault
{
    [Fact]
    public void The_scripted_life_goes_as_it_is_written()
    {
        var faults = new PlannedFaults();
        var verdict = Fleet.RunOne(() => History.Run(ScriptedLife.Plan() with { KeepsTimeline = true }, faults));

        Assert.Null(verdict.Violation);
        Assert.InRange(faults.Effects.Count, 150, 600);
        Assert.All(
            ["POST /v1/payment-agreements", "/refunds", "/revocations", "AUTHORIZATION_FAILED", "REFUND_SUCCEEDED"],
            word => Assert.Contains(verdict.Timeline, line => line.Contains(word, StringComparison.Ordinal))
        );
    }

    [Fact]
    public void No_single_fault_at_any_effect_breaks_a_promise()
    {
        var broken = Fleet.Run(ScriptedLife.SingleFaults(), fault => ScriptedLife.Run(fault));

        Assert.True(broken.Count is 0, string.Join('\n', broken.Select(it => it.Report)));
    }

    [Fact]
    public void A_pair_of_faults_is_replayed_by_its_name()
    {
        var pair = Fleet.RunOne(() =>
            ScriptedLife.Run(PlannedFault.Parse("12:CrashAfter"), PlannedFault.Parse("15:LostAnswer"))
        );

        Assert.Equal("12:CrashAfter,15:LostAnswer", pair.Pair);
        Assert.Equal([FaultKind.CrashAfter, FaultKind.LostAnswer], pair.Faults.Keys.Order());
        Assert.EndsWith(" --replay-pair 12:CrashAfter,15:LostAnswer", pair.Report, StringComparison.Ordinal);
    }
}
