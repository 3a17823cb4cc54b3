using System.Text.Json.Nodes;
using Azure;
using Azure.Data.Tables;
using Flows.Sending;
using Microsoft.Extensions.DependencyInjection;
using Storage;

namespace Simulation.Tests;

/// <summary>Every worker takes a part of the day's cap, and nobody counts the parts.</summary>
internal sealed class CapPartsNotCounted : TableTooth
{
    protected override Task<IReadOnlyList<ETag>> CommitAsync(
        World world,
        ITables inner,
        string table,
        IReadOnlyList<RowWrite> writes
    )
    {
        foreach (var row in writes.Where(_ => table is StoreNames.Control).Select(it => it.Entity))
        {
            row.Remove("SpentCharges");
            row.Remove("SpentMinorUnits");
        }

        return inner.CommitAsync(table, writes, default);
    }
}

/// <summary>A worker reads the stop switch once, and keeps what it saw.</summary>
internal sealed class StopSwitchReadOnce : Tooth
{
    public override void Plant(World world, IServiceCollection services) =>
        services.AddSingleton(it => new ChargingSwitch(
            it.GetRequiredService<ChargingControlStore>(),
            new StoppedClock(world.Time.Now)
        ));
}

/// <summary>
/// Whoever looks after his clock was set back takes the period that was current then, and writes a charge's row whether
/// it is there or not.
/// </summary>
internal sealed class ClockDecidesThePeriod : TableTooth
{
    private readonly Dictionary<string, string> plans = [];

    protected override async Task<TableEntity?> FindAsync(World world, ITables inner, string table, RowAddress address)
    {
        var row = await inner.FindAsync(table, address, default);
        if (
            row?.GetString("Plan") is { } json
            && JsonNode.Parse(json) is { } plan
            && plan["Schedule"] is { } schedule
            && world.Stage.Current!.Host is { LivesInThePast: true, Clock: var clock }
        )
        {
            plans[address.Partition] = json;
            plan["NextPeriod"] = Math.Min(NumberOn(clock.GetUtcNow(), schedule), (int)plan["NextPeriod"]!);
            row["Plan"] = plan.ToJsonString();
        }

        return row;
    }

    protected override Task<IReadOnlyList<ETag>> CommitAsync(
        World world,
        ITables inner,
        string table,
        IReadOnlyList<RowWrite> writes
    )
    {
        foreach (var row in writes.Where(IsAgreement).Select(it => it.Entity))
        {
            row["Plan"] = plans.GetValueOrDefault(row.PartitionKey) ?? row["Plan"];
        }

        var isInThePast = plans.Count > 0;
        return inner.CommitAsync(
            table,
            [.. writes.Select(it => isInThePast && it is RowWrite.Insert ? new RowWrite.Put(it.Entity) : it)],
            default
        );
    }

    private static int NumberOn(DateTimeOffset now, JsonNode schedule)
    {
        var anchor = DateOnly.Parse((string)schedule["Anchor"]!, null);
        var today = Grid.DayAt(now);
        var number = 0;
        while (Grid.Day(anchor, (string)schedule["Frequency"]!, number + 1) <= today)
        {
            number++;
        }

        return number;
    }
}

/// <summary>An unsent attempt is taken to be as young as the look at it: its period is never over.</summary>
internal sealed class UnsentNeverMissed : TableTooth
{
    /// <summary>Refusals that say "later".</summary>
    public override FaultKind[] Favours => [FaultKind.Http429];

    protected override async Task<TableEntity?> FindAsync(World world, ITables inner, string table, RowAddress address)
    {
        var row = await inner.FindAsync(table, address, default);
        ChangeOpen(
            row,
            it => it["CreatedAt"] = (string?)it["State"] is "Unsent" ? world.Time.Now : it["CreatedAt"]?.DeepClone()
        );
        return row;
    }
}
