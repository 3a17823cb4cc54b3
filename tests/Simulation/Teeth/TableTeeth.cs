using System.Text.Json.Nodes;
using Azure;
using Azure.Data.Tables;
using Storage;

namespace Simulation.Tests;

/// <summary>The claim of a charge is written with what came of it, after PPRO has answered.</summary>
internal sealed class PostBeforeIntent : TableTooth
{
    private readonly Dictionary<string, IReadOnlyList<RowWrite>> held = [];

    protected override Task<TableEntity?> FindAsync(World world, ITables inner, string table, RowAddress address)
    {
        var mine = held.GetValueOrDefault(address.Partition)?.FirstOrDefault(it => it.Entity.RowKey == address.Row);
        return mine is null || address.Row == Keys.Agreement
            ? base.FindAsync(world, inner, table, address)
            : Task.FromResult<TableEntity?>(mine.Entity);
    }

    protected override async Task<IReadOnlyList<ETag>> CommitAsync(
        World world,
        ITables inner,
        string table,
        IReadOnlyList<RowWrite> writes
    )
    {
        var partition = writes[0].Entity.PartitionKey;
        if (
            writes.Any(it =>
                it is RowWrite.Insert && it.Entity.ContainsKey("Body0") && it.Entity.ContainsKey("Attempt0")
            )
        )
        {
            held[partition] = writes;
            return [.. writes.Select(_ => new ETag("held"))];
        }

        if (table == StoreNames.Agreements && held.Remove(partition, out var before))
        {
            var etags = await inner.CommitAsync(table, before, default);
            writes = [new RowWrite.Replace(writes[0].Entity, etags[0]), .. writes.Skip(1)];
        }

        return await inner.CommitAsync(table, writes, default);
    }
}

/// <summary>A look does not see that the agreement is ending while an answer is in doubt.</summary>
internal sealed class ResendIgnoresCancel : TableTooth
{
    private readonly Dictionary<string, string> endings = [];

    /// <summary>Doubt that a search does not end, so that a cancel can come in between.</summary>
    public override FaultKind[]? Favours => [FaultKind.Http500, FaultKind.Reset];

    protected override async Task<TableEntity?> FindAsync(World world, ITables inner, string table, RowAddress address)
    {
        var row = await inner.FindAsync(table, address, default);
        if (
            row?.GetString("Ending") is { } ending
            && row.GetString("Open0")?.Contains("\"InDoubt\"", StringComparison.Ordinal) is true
        )
        {
            endings[address.Partition] = ending;
            row.Remove("Ending");
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
            row["Ending"] ??= endings.GetValueOrDefault(row.PartitionKey);
        }

        return inner.CommitAsync(table, writes, default);
    }
}

/// <summary>The first send is taken to be as young as the last.</summary>
internal sealed class ResendAfterTwentyHours : TableTooth
{
    protected override async Task<TableEntity?> FindAsync(World world, ITables inner, string table, RowAddress address)
    {
        var row = await inner.FindAsync(table, address, default);
        ChangeOpen(row, it => it["FirstSentAt"] = (it["LastClaimedAt"] ?? it["FirstSentAt"])?.DeepClone());
        return row;
    }
}

/// <summary>The same event is kept, and applied, as often as it comes.</summary>
internal sealed class EventsNotDeduplicated : TableTooth
{
    private int number;

    protected override Task<IReadOnlyList<ETag>> CommitAsync(
        World world,
        ITables inner,
        string table,
        IReadOnlyList<RowWrite> writes
    )
    {
        foreach (var row in writes.Select(it => it.Entity).Where(it => it.ContainsKey("Raw0")))
        {
            row.RowKey += $"-{++number}";
        }

        return inner.CommitAsync(table, writes, default);
    }
}

/// <summary>An event's status is taken whatever the agreement has become since.</summary>
internal class OlderEventOverwrites : TableTooth
{
    protected virtual bool Acts(World world) => true;

    protected override async Task<TableEntity?> FindAsync(World world, ITables inner, string table, RowAddress address)
    {
        var row = await inner.FindAsync(table, address, default);
        if (
            row?.GetString("Provider0") is { } json
            && Acts(world)
            && world.Stage.Current!.Name.Contains(" event ", StringComparison.Ordinal)
        )
        {
            var provider = JsonNode.Parse(json)!.AsObject();
            provider.Remove("Status");
            row["Provider0"] = provider.ToJsonString();
        }

        return row;
    }
}

/// <summary>
/// An event's status is taken whatever the agreement has become since, but only where the order of events can
/// show it: when all are applied once more.
/// </summary>
internal sealed class OrderOfEventsDecides : OlderEventOverwrites
{
    protected override bool Acts(World world) => world.Stage.Current is { Host: null };
}

/// <summary>The next period is counted from the last one, and not from the anchor.</summary>
internal sealed class RollingAnchor : TableTooth
{
    protected override Task<IReadOnlyList<ETag>> CommitAsync(
        World world,
        ITables inner,
        string table,
        IReadOnlyList<RowWrite> writes
    )
    {
        foreach (var row in writes.Where(IsAgreement).Select(it => it.Entity))
        {
            var plan = JsonNode.Parse(row.GetString("Plan"))!;
            if (plan["Schedule"] is { } schedule && (int)plan["NextPeriod"]! is > 0 and var number)
            {
                var anchor = DateOnly.Parse((string)schedule["Anchor"]!, null);
                var day = Grid.Day(anchor, (string)schedule["Frequency"]!, number);
                (schedule["Anchor"], plan["NextPeriod"]) = (day.ToString("O", null), 0);
                row["Plan"] = plan.ToJsonString();
            }
        }

        return inner.CommitAsync(table, writes, default);
    }
}

/// <summary>A refund is written down, but its amount is not taken off the charge.</summary>
internal sealed class RefundNotReserved : TableTooth
{
    protected override Task<IReadOnlyList<ETag>> CommitAsync(
        World world,
        ITables inner,
        string table,
        IReadOnlyList<RowWrite> writes
    )
    {
        var isRefund = writes.Any(it => it is RowWrite.Insert && it.Entity.ContainsKey("Refund0"));
        return inner.CommitAsync(
            table,
            isRefund ? [.. writes.Where(it => !it.Entity.ContainsKey("Attempt0"))] : writes,
            default
        );
    }
}
