using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Storage;

namespace JourneyKit;

/// <summary>
/// Tables in memory, with Azure's semantics: one transaction at a time, in one partition, whole or not at all; a new
/// ETag for every write; rows in ordinal key order. Rows are copied on their way in and out.
/// </summary>
public sealed class MemoryTables(TimeProvider clock) : ITables
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, SortedDictionary<string, Partition>> tables = [];
    private long written;

    /// <summary>A copy of those rows that are wanted, to be changed by itself.</summary>
    public MemoryTables Copy(Func<TableEntity, bool> isWanted)
    {
        var copy = new MemoryTables(clock) { written = written };
        foreach (var (table, partitions) in tables)
        {
            foreach (var (key, rows) in partitions)
            {
                var partition = new Partition();
                foreach (var row in rows.Values.Where(isWanted))
                {
                    partition[row.RowKey] = MemoryRow.Copy(row);
                }

                copy.TableOf(table)[key] = partition;
            }
        }

        return copy;
    }

    public Task<TableEntity?> FindAsync(string table, RowAddress address, CancellationToken cancellationToken)
    {
        TableLimits.CheckKeys(address);
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            var row = PartitionOf(table, address.Partition).GetValueOrDefault(address.Row);
            return Task.FromResult(row is null ? null : MemoryRow.Copy(row));
        }
    }

    public Task<IReadOnlyList<TableEntity>> RangeAsync(
        string table,
        KeyRange range,
        CancellationToken cancellationToken
    )
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(range.Limit);
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            var partitions =
                range.FromPartition == range.ToPartition
                    ? [PartitionOf(table, range.FromPartition)]
                    : TableOf(table)
                        .SkipWhile(it => string.CompareOrdinal(it.Key, range.FromPartition) < 0)
                        .TakeWhile(it => string.CompareOrdinal(it.Key, range.ToPartition) <= 0)
                        .Select(it => it.Value);
            return Task.FromResult<IReadOnlyList<TableEntity>>([
                .. partitions
                    .SelectMany(partition => partition.Values)
                    .Where(row => IsWithin(row.RowKey, range))
                    .Take(range.Limit)
                    .Select(MemoryRow.Copy),
            ]);
        }
    }

    public Task<IReadOnlyList<ETag>> CommitAsync(
        string table,
        IReadOnlyList<RowWrite> writes,
        CancellationToken cancellationToken
    )
    {
        TableLimits.Check(writes);
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            var partition = PartitionOf(table, writes[0].Entity.PartitionKey);
            if (writes.FirstOrDefault(write => !Holds(write, partition)) is { } broken)
            {
                throw new StorageConflictException($"{table}: {broken.GetType().Name} of {broken.Entity.RowKey}.");
            }

            List<ETag> etags = [.. writes.Select(write => Apply(write, partition))];
            if (partition.Count > 0)
            {
                TableOf(table)[writes[0].Entity.PartitionKey] = partition;
            }
            else
            {
                TableOf(table).Remove(writes[0].Entity.PartitionKey);
            }

            return Task.FromResult<IReadOnlyList<ETag>>(etags);
        }
    }

    private static bool IsWithin(string row, KeyRange range) =>
        (range.FromRow is not { } from || string.CompareOrdinal(row, from) >= 0)
        && (range.BeforeRow is not { } before || string.CompareOrdinal(row, before) < 0);

    private static bool Holds(RowWrite write, Partition partition)
    {
        var known = partition.GetValueOrDefault(write.Entity.RowKey);
        return write switch
        {
            RowWrite.Insert => known is null,
            RowWrite.Replace it => known?.ETag == it.Known,
            RowWrite.Delete it => known?.ETag == it.Known,
            _ => true,
        };
    }

    private ETag Apply(RowWrite write, Partition partition)
    {
        var key = write.Entity.RowKey;
        if (write is RowWrite.Delete)
        {
            partition.Remove(key);
            return default;
        }

        var before = write is RowWrite.Merge ? partition.GetValueOrDefault(key) : null;
        var etag = new ETag(string.Create(CultureInfo.InvariantCulture, $"W/\"{++written}\""));
        partition[key] = MemoryRow.Store(write.Entity, before, etag, clock.GetUtcNow());
        return etag;
    }

    private SortedDictionary<string, Partition> TableOf(string table)
    {
        if (!tables.TryGetValue(table, out var rows))
        {
            tables[table] = rows = new(StringComparer.Ordinal);
        }

        return rows;
    }

    private Partition PartitionOf(string table, string key) => TableOf(table).GetValueOrDefault(key) ?? new();

    /// <summary>Rows by row key.</summary>
    private sealed class Partition() : SortedDictionary<string, TableEntity>(StringComparer.Ordinal);
}
