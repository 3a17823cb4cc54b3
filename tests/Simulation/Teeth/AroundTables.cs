using System.Text.Json.Nodes;
using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Storage;

namespace Simulation.Tests;

/// <summary>A bug of what reads and writes rows.</summary>
internal abstract class TableTooth : Tooth
{
    public override void Plant(World world, IServiceCollection services) =>
        Around(services, inner => new Tables(this, world, inner));

    protected virtual Task<TableEntity?> FindAsync(World world, ITables inner, string table, RowAddress address) =>
        inner.FindAsync(table, address, default);

    protected virtual Task<IReadOnlyList<ETag>> CommitAsync(
        World world,
        ITables inner,
        string table,
        IReadOnlyList<RowWrite> writes
    ) => inner.CommitAsync(table, writes, default);

    /// <summary>This write, but of another row.</summary>
    protected static RowWrite With(RowWrite write, TableEntity row) =>
        write switch
        {
            RowWrite.Insert => new RowWrite.Insert(row),
            RowWrite.Replace it => new RowWrite.Replace(row, it.Known),
            RowWrite.Put => new RowWrite.Put(row),
            RowWrite.Merge => new RowWrite.Merge(row),
            _ => write,
        };

    /// <summary>Changes the open attempts as they are read; none in a row that is no agreement's.</summary>
    protected static void ChangeOpen(TableEntity? row, Action<JsonNode> change)
    {
        if (row?.GetString("Open0") is { } open)
        {
            var attempts = JsonNode.Parse(open)!.AsArray();
            foreach (var attempt in attempts)
            {
                change(attempt!);
            }

            row["Open0"] = attempts.ToJsonString();
        }
    }

    /// <summary>Changes a JSON column of an agreement's row; a row without it stays as it is.</summary>
    protected static void ChangeJson(TableEntity? row, string column, Action<JsonNode> change)
    {
        if (row?.GetString(column) is { } text && row.RowKey == Keys.Agreement)
        {
            var json = JsonNode.Parse(text)!;
            change(json);
            row[column] = json.ToJsonString();
        }
    }

    protected static void ChangePlan(TableEntity? row, Action<JsonNode> change) => ChangeJson(row, "Plan", change);

    protected static bool IsAgreement(RowWrite write) => write.Entity.RowKey == Keys.Agreement;

    private sealed class Tables(TableTooth tooth, World world, ITables inner) : ITables
    {
        public Task<TableEntity?> FindAsync(string table, RowAddress address, CancellationToken cancellationToken) =>
            tooth.FindAsync(world, inner, table, address);

        public Task<IReadOnlyList<TableEntity>> RangeAsync(
            string table,
            KeyRange range,
            CancellationToken cancellationToken
        ) => inner.RangeAsync(table, range, cancellationToken);

        public Task<IReadOnlyList<ETag>> CommitAsync(
            string table,
            IReadOnlyList<RowWrite> writes,
            CancellationToken cancellationToken
        ) => tooth.CommitAsync(world, inner, table, writes);
    }
}
