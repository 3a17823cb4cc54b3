extern alias host;
using SimulatedClock = host::LocalHost.Clock.SimulatedClock;

namespace Unit.Tests.LocalHostTests;

/// <summary>One offset in a small file is everyone's time.</summary>
public sealed class SimulatingTime : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("clock-").FullName;

    private string OffsetFile => Path.Combine(folder, "clock");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Without_a_file_it_is_now()
    {
        var clock = new SimulatedClock(OffsetFile);

        Assert.Equal(TimeSpan.Zero, clock.Offset);
    }

    [Fact]
    public void Advancing_survives_a_restart()
    {
        var target = TimeProvider.System.GetUtcNow().AddDays(400);
        new SimulatedClock(OffsetFile).AdvanceTo(target);

        var restarted = new SimulatedClock(OffsetFile).GetUtcNow();

        Assert.InRange(restarted, target, target.AddMinutes(1));
    }

    [Fact]
    public void Another_process_that_advances_is_followed()
    {
        var (mine, others) = (new SimulatedClock(OffsetFile), new SimulatedClock(OffsetFile));
        _ = mine.GetUtcNow();

        others.AdvanceTo(others.GetUtcNow().AddDays(3));

        Assert.True(SpinWait.SpinUntil(() => mine.Offset > TimeSpan.FromDays(2.9), TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public void It_never_goes_back()
    {
        var clock = new SimulatedClock(OffsetFile);
        clock.AdvanceTo(clock.GetUtcNow().AddDays(2));
        var before = clock.Offset;

        clock.AdvanceTo(clock.GetUtcNow().AddDays(-1));

        Assert.Equal(before, clock.Offset);
    }

    [Fact]
    public void A_damaged_file_keeps_the_last_offset_that_was_read()
    {
        var clock = new SimulatedClock(OffsetFile);
        clock.AdvanceTo(clock.GetUtcNow().AddDays(2));
        var before = clock.Offset;

        File.WriteAllText(OffsetFile, "nonsense");
        SpinWait.SpinUntil(() => false, TimeSpan.FromMilliseconds(60));

        Assert.Equal(before, clock.Offset);
    }
}
