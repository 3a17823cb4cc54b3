using JourneyKit;
using Microsoft.Extensions.Time.Testing;
using StorageContract;

namespace Simulation.Tests;

public sealed class CommittingRowsInMemory : CommittingRowsContract
{
    protected override Task<TestStorage> OpenAsync() => MemoryStorage.OpenAsync();
}

public sealed class ReadingRangesInMemory : ReadingRangesContract
{
    protected override Task<TestStorage> OpenAsync() => MemoryStorage.OpenAsync();
}

public sealed class RacingForRowsInMemory : RacingForRowsContract
{
    protected override Task<TestStorage> OpenAsync() => MemoryStorage.OpenAsync();
}

public sealed class PassingMessagesInMemory : PassingMessagesContract
{
    protected override Task<TestStorage> OpenAsync() => MemoryStorage.OpenAsync();
}

/// <summary>The simulation's storage; time passes at once.</summary>
internal static class MemoryStorage
{
    public static Task<TestStorage> OpenAsync()
    {
        var clock = new FakeTimeProvider();
        return Task.FromResult(
            new TestStorage(new MemoryTables(clock), new MemoryQueues(clock), "t", "q", time => Pass(clock, time))
        );
    }

    private static Task Pass(FakeTimeProvider clock, TimeSpan time)
    {
        clock.Advance(time);
        return Task.CompletedTask;
    }
}
