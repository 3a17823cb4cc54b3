using Azure.Data.Tables;

namespace Storage;

/// <summary>
/// The directory as the daily walk sees it: every entry in key order, with what the walk noted on it. The notes are
/// its own and can be made again; the agreement's partition is the truth.
/// </summary>
public sealed class DirectoryWalk(ITables tables)
{
    /// <summary>The entries after this place, at most so many; none when the round is at its end.</summary>
    public async Task<IReadOnlyList<DirectoryEntry>> ListAsync(
        DirectoryPlace? after,
        int limit,
        CancellationToken cancellationToken
    )
    {
        if (after is null)
        {
            return await ReadAsync(new("0", "9", limit), cancellationToken);
        }

        var rest = new KeyRange(after.Month, after.Month, limit) { FromRow = after.After + "!" };
        var found = await ReadAsync(rest, cancellationToken);
        return found.Count > 0 ? found : await ReadAsync(new(after.Month + "!", "9", limit), cancellationToken);
    }

    /// <summary>Notes this, beside what else the entry says.</summary>
    public Task MarkAsync(DirectoryEntry entry, WalkNote note, CancellationToken cancellationToken)
    {
        var row = new TableEntity(entry.Place.Month, entry.Place.After)
        {
            ["ComparedAt"] = note.ComparedAt,
            ["ComparedVersion"] = note.ComparedVersion,
            [DirectoryEntry.PurgedThroughColumn] = note.PurgedThrough ?? string.Empty, // A merge keeps what is null.
        };
        return tables.CommitAsync(StoreNames.Directory, [new RowWrite.Merge(row)], cancellationToken);
    }

    /// <summary>True when the orphan was still as it was read, and is gone now.</summary>
    public async Task<bool> DeleteAsync(DirectoryEntry entry, CancellationToken cancellationToken)
    {
        try
        {
            var delete = new RowWrite.Delete(new(entry.Place.Month, entry.Place.After), entry.ETag);
            await tables.CommitAsync(StoreNames.Directory, [delete], cancellationToken);
            return true;
        }
        catch (StorageConflictException)
        {
            return false;
        }
    }

    private async Task<IReadOnlyList<DirectoryEntry>> ReadAsync(KeyRange range, CancellationToken cancellationToken)
    {
        var rows = await tables.RangeAsync(StoreNames.Directory, range, cancellationToken);
        return [.. rows.Select(DirectoryEntry.Read)];
    }
}

/// <summary>What a visit of the walk has to note.</summary>
/// <param name="PurgedThrough">The event behind which the next purge goes on; null when it is at its end.</param>
public sealed record WalkNote(string? PurgedThrough)
{
    /// <summary>When it was compared; null when it was not, and then the last time stays.</summary>
    public DateTimeOffset? ComparedAt { get; init; }

    /// <summary>Which version of it that was.</summary>
    public int? ComparedVersion { get; init; }
}
