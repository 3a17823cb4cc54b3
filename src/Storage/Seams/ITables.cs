using Azure.Data.Tables;

namespace Storage;

/// <summary>
/// Tables as we use them: point reads, ordered ranges, and entity-group transactions under conditions. Two real
/// things stand behind it, Azure Table Storage and the simulation's memory, and both pass the same contract tests.
/// </summary>
public interface ITables
{
    /// <summary>One row, with its ETag; null when there is none.</summary>
    Task<TableEntity?> FindAsync(string table, RowAddress address, CancellationToken cancellationToken);

    /// <summary>The first rows of a range, in key order.</summary>
    Task<IReadOnlyList<TableEntity>> RangeAsync(string table, KeyRange range, CancellationToken cancellationToken);

    /// <summary>
    /// All of the writes or none, in one partition. Returns the new ETags in the order of the writes; throws
    /// <see cref="StorageConflictException"/> when a condition did not hold, which after a lost answer may be the
    /// doing of this very write.
    /// </summary>
    Task<IReadOnlyList<Azure.ETag>> CommitAsync(
        string table,
        IReadOnlyList<RowWrite> writes,
        CancellationToken cancellationToken
    );
}

/// <summary>Where a row lives.</summary>
public sealed record RowAddress(string Partition, string Row);

/// <summary>
/// Rows from one place on: partitions from <see cref="FromPartition"/> to <see cref="ToPartition"/>, both included,
/// and within them row keys from <see cref="FromRow"/> up to but without <see cref="BeforeRow"/>.
/// </summary>
public sealed record KeyRange(string FromPartition, string ToPartition, int Limit)
{
    public string? FromRow { get; init; }

    public string? BeforeRow { get; init; }

    /// <summary>Only these columns are needed, the keys among them; null for all.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>Rows of one partition whose keys begin with this.</summary>
    public static KeyRange Prefix(string partition, string prefix, int limit) =>
        new(partition, partition, limit) { FromRow = prefix, BeforeRow = prefix[..^1] + (char)(prefix[^1] + 1) };
}

/// <summary>One write of a transaction. There is no unconditional overwrite of a row that decides anything.</summary>
public abstract record RowWrite(TableEntity Entity)
{
    /// <summary>Fails when the row exists.</summary>
    public sealed record Insert(TableEntity Row) : RowWrite(Row);

    /// <summary>Replaces the row when it still has this ETag.</summary>
    public sealed record Replace(TableEntity Row, Azure.ETag Known) : RowWrite(Row);

    /// <summary>
    /// Inserts or replaces. Only for rows that are guarded by another row of the same transaction, and for wake-ups,
    /// where the last word is as good as the first.
    /// </summary>
    public sealed record Put(TableEntity Row) : RowWrite(Row);

    /// <summary>Inserts, or merges these columns into the row. Guarded like <see cref="Put"/>.</summary>
    public sealed record Merge(TableEntity Row) : RowWrite(Row);

    /// <summary>Deletes the row when it still has this ETag.</summary>
    public sealed record Delete(TableEntity Row, Azure.ETag Known) : RowWrite(Row);
}

/// <summary>
/// A condition did not hold: someone wrote first, or our own write landed and only its answer was lost. Which of the
/// two is found by reading back, never assumed.
/// </summary>
public sealed class StorageConflictException(string message, Exception? inner = null) : Exception(message, inner);
