using Azure;
using Azure.Data.Tables;
using Billing;
using Flows.Sending;
using JourneyKit;
using Microsoft.Extensions.Time.Testing;
using Storage;
using Xunit;

namespace Simulation.Tests;

/// <summary>
/// Found while stops were added to the simulation: a worker whose read of the stop switch was held up. It saw "charging", the operator's
/// stop was written and answered, and the worker's request left all the same.
/// </summary>
public sealed class StaleStops
{
    private readonly FakeTimeProvider clock = new(new(2026, 1, 15, 1, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData(0, false)]
    [InlineData(4, false)]
    [InlineData(5, true)]
    [InlineData(25, true)]
    public async Task A_read_that_was_held_up_is_read_again(int seconds, bool seesTheStop)
    {
        var tables = new HeldUpTables(new(clock), clock) { HoldsUp = 1, For = TimeSpan.FromSeconds(seconds) };
        var store = new ChargingControlStore(tables);
        tables.Meanwhile = () => StopAsync(store);

        var stop = await new ChargingSwitch(store, clock).FindStopAsync(default);

        Assert.Equal(seesTheStop, stop is { IsAutomatic: false });
    }

    [Fact]
    public async Task A_switch_that_cannot_be_read_in_time_counts_as_a_stop_and_is_asked_again()
    {
        var tables = new HeldUpTables(new(clock), clock) { HoldsUp = 3, For = TimeSpan.FromSeconds(9) };
        var chargingSwitch = new ChargingSwitch(new(tables), clock);

        Assert.NotNull(await chargingSwitch.FindStopAsync(default));
        Assert.Null(await chargingSwitch.FindStopAsync(default));
    }

    private async Task StopAsync(ChargingControlStore store)
    {
        var stop = new ChargingStop(clock.GetUtcNow(), "operator", "a drill", IsAutomatic: false);
        await store.ChangeAsync(
            it => it.StopBy(stop),
            (_, _) => new(stop.At, "stop", "operator", "a drill", "charging", "stopped"),
            default
        );
    }

    /// <summary>The first reads take long, after they have read.</summary>
    private sealed class HeldUpTables(MemoryTables inner, FakeTimeProvider clock) : ITables
    {
        public int HoldsUp { get; set; }

        public TimeSpan For { get; init; }

        public Func<Task> Meanwhile { get; set; } = () => Task.CompletedTask;

        public async Task<TableEntity?> FindAsync(string table, RowAddress address, CancellationToken cancellationToken)
        {
            var row = await inner.FindAsync(table, address, cancellationToken);
            if (HoldsUp-- > 0)
            {
                var meanwhile = Meanwhile;
                Meanwhile = () => Task.CompletedTask;
                await meanwhile();
                clock.Advance(For);
            }

            return row;
        }

        public Task<IReadOnlyList<TableEntity>> RangeAsync(
            string table,
            KeyRange range,
            CancellationToken cancellationToken
        ) => inner.RangeAsync(table, range, cancellationToken);

        public Task<IReadOnlyList<ETag>> CommitAsync(
            string table,
            IReadOnlyList<RowWrite> writes,
            CancellationToken cancellationToken
        ) => inner.CommitAsync(table, writes, cancellationToken);
    }
}
