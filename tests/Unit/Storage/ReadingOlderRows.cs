using System.Text.Json.Nodes;
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

    [Theory]
    [InlineData(-1, true)]
    [InlineData(1, false)]
    public async Task An_agreement_keeps_its_end_its_cancel_what_stops_it_and_whether_it_had_been_active(
        int activatedAfterTheEnd,
        bool wasActive
    )
    {
        var end = At.AddMonths(9);
        var store = new AgreementStore(tables, new(tables, clock), clock);
        var terms = new AgreementTerms
        {
            PaymentMethod = "KAKAOPAY",
            ConsumerName = "Kim",
            ConsumerCountry = "KR",
            Amount = new(9_900, "KRW"),
            Frequency = new(FrequencyType.Monthly, 1),
            EndDate = end,
        };
        await store.AddAsync(Agreement.Begin(Id, terms, new("key", "hash", "{}"u8.ToArray()), At), default);
        var row = (await tables.FindAsync(StoreNames.Agreements, new(Id.Value, Keys.Agreement), default))!;
        row["Schema"] = 1;
        row["Exception"] = "two charges";
        row["Ending"] = $$"""{"At":"{{At:O}}","By":"Storefront","Reason":"moved"}""";
        row["Provider"] = $$"""{"Id":"agr_1","ActivatedAt":"{{At.AddSeconds(activatedAfterTheEnd):O}}"}""";
        var plan = JsonNode.Parse(row.GetString("Plan"))!.AsObject();
        plan.Remove("EndAt");
        (plan["CancelOn"], plan["EndOn"], plan["MaxCharges"]) = ("2026-04-30", "2026-10-31", 7);
        row["Plan"] = plan.ToJsonString();
        await tables.CommitAsync(StoreNames.Agreements, [new RowWrite.Put(row)], default);

        var read = (await store.FindAsync(Id, default))!;

        Assert.Equal((end, 7), (read.Plan.EndAt, read.Plan.MaxCharges));
        Assert.Equal((new DateOnly(2026, 4, 30), EndedBy.Storefront), (read.Plan.Cancel?.On, read.Plan.Cancel?.By));
        Assert.Equal(new("agreement", "two charges", At), Assert.Single(read.Stops));
        Assert.Equal((wasActive, "moved"), (read.Ending!.WasActive, read.Ending.Reason));
    }

    private async Task InsertAsync(Fact fact, string? olderKey)
    {
        var row = FactRows.WriteOf(Id, fact).Entity;
        var older = new TableEntity(row) { RowKey = olderKey ?? row.RowKey };
        await tables.CommitAsync(StoreNames.Agreements, [new RowWrite.Insert(older)], default);
    }
}
