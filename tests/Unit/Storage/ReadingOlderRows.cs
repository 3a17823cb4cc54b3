using Azure.Data.Tables;
using Billing;
using JourneyKit;
using Storage;

namespace Unit.Tests.StorageTests;

/// <summary>Schema 1 kept moved money and keyed operations among the events: there they are still found.</summary>
public sealed class ReadingOlderRows
{
    private static readonly AgreementId Id = AgreementId.FromKey("older rows");
    private static readonly DateTimeOffset At = new(2026, 1, 31, 3, 4, 5, TimeSpan.Zero);
    private readonly SetClock clock = new(At);
    private readonly MemoryTables tables;

    public ReadingOlderRows() => tables = new(clock);

    [Fact]
    public async Task Money_that_moved_before_counts_with_what_moved_since_and_an_event_of_that_name_does_not()
    {
        await InsertAsync(new Fact.MoneyMoved("20260131-1", null, "charge_1", 9_900, At), "event-money-20260131-1");
        await InsertAsync(new Fact.MoneyMoved("20260228-1", null, "charge_2", 100, At.AddDays(28)), null);
        await InsertAsync(new Fact.NewEvent("Ev1", "X", At, "nothing new", default), "event-money-of-someone-else");

        var moved = await new AgreementLedger(tables).SumAsync(Id, default);

        Assert.Equal((10_000, 0, At.AddDays(28)), (moved.CapturedMinorUnits, moved.RefundedMinorUnits, moved.LastAt));
    }

    [Fact]
    public async Task An_operation_that_was_done_before_is_not_done_again()
    {
        await InsertAsync(new Fact.NewOperation("hash", "body", "made", At), "event-op-hash");
        await InsertAsync(new Fact.NewEvent("Ev1", "X", At, "nothing new", default), "event-op-other");
        var store = new AgreementStore(tables, new(tables, clock), clock);

        Assert.Equal(new("body", "made"), await store.FindOperationAsync(Id, "hash", default));
        Assert.Null(await store.FindOperationAsync(Id, "other", default));
    }

    private async Task InsertAsync(Fact fact, string? olderKey)
    {
        var row = FactRows.WriteOf(Id, fact).Entity;
        var older = new TableEntity(row) { RowKey = olderKey ?? row.RowKey };
        await tables.CommitAsync(StoreNames.Agreements, [new RowWrite.Insert(older)], default);
    }
}
