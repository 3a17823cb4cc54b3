using Billing;
using Flows.Sending;
using Flows.Settings;
using JourneyKit;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Storage;

namespace Unit.Tests.JourneyTests;

/// <summary>Workers take parts of a day's cap, one look at a time (the README's promise 30).</summary>
public sealed class SharingADailyCap
{
    private const int Cap = 60;
    private readonly FakeTimeProvider clock = new(new(2026, 1, 15, 1, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Many_looks_of_several_workers_are_let_through_exactly_as_often_as_the_cap_says()
    {
        var tables = new MemoryTables(clock);
        DailyAllowance[] workers = [Worker(tables), Worker(tables)];

        var days = await Task.WhenAll(
            Enumerable.Range(0, 3 * Cap).Select(number => Task.Run(() => workers[number % 2].TakeAsync(9_900, default)))
        );

        Assert.Equal(Cap, days.Count(day => day == BillingCalendar.DateAt(clock.GetUtcNow())));
        Assert.Equal(2 * Cap, days.Count(day => day is null));
    }

    [Fact]
    public async Task A_look_that_waits_for_storage_holds_the_others_up_and_its_failure_lets_them_on()
    {
        var storage = new Held();
        var worker = Worker(new WatchedTables(new MemoryTables(clock), storage));

        var first = worker.TakeAsync(9_900, default);
        var second = worker.TakeAsync(9_900, default);
        Assert.Equal(1, storage.Calls);
        storage.Answer.SetException(new TimeoutException());

        await Assert.ThrowsAsync<TimeoutException>(() => first);
        Assert.NotNull(await second);
    }

    private DailyAllowance Worker(ITables tables) =>
        new(new ChargingControlStore(tables), Options.Create(new ChargingOptions { MaxChargesPerDay = Cap }), clock);

    /// <summary>The first call is held until the test answers; all later ones go on.</summary>
    private sealed class Held : IEffectWatch
    {
        public TaskCompletionSource Answer { get; } = new();

        public int Calls { get; private set; }

        public Task BeforeAsync(Effect effect) => ++Calls is 1 ? Answer.Task : Task.CompletedTask;

        public Task AfterAsync(Effect effect) => Task.CompletedTask;
    }
}
