using System.Globalization;
using Azure.Data.Tables;
using Billing;

namespace Storage;

/// <summary>
/// All agreements by month of creation, the newest first. Written before the agreement's row, so that none can exist
/// unlisted; an entry without an agreement is an orphan of a create that died.
/// </summary>
public sealed class AgreementDirectory(ITables tables)
{
    public Task PutAsync(
        AgreementId id,
        string? reference,
        DateTimeOffset createdAt,
        CancellationToken cancellationToken
    )
    {
        var row = new TableEntity(Keys.Month(createdAt), Keys.NewestFirst(createdAt, id)) { ["Reference"] = reference };
        return tables.CommitAsync(StoreNames.Directory, [new RowWrite.Put(row)], cancellationToken);
    }

    /// <summary>
    /// Entries behind a place, the newest first, all of one month; and the place to go on from, which is null behind
    /// the oldest one. There may be no entry and still a place to go on from: a month without any.
    /// </summary>
    public async Task<DirectoryPage> ReadAsync(DirectoryPlace from, int limit, CancellationToken cancellationToken)
    {
        var range = new KeyRange(from.Month, from.Month, limit) { FromRow = from.After is { } row ? row + "!" : null };
        var rows = await tables.RangeAsync(StoreNames.Directory, range, cancellationToken);
        var next =
            rows.Count == limit
                ? new DirectoryPlace(from.Month, rows[^1].RowKey)
                : await MonthBeforeAsync(from.Month, cancellationToken);
        return new([.. rows.Select(DirectoryEntry.Read)], next);
    }

    private async Task<DirectoryPlace?> MonthBeforeAsync(string month, CancellationToken cancellationToken)
    {
        var oldest = await tables.RangeAsync(StoreNames.Directory, new("0", month, 1), cancellationToken);
        var first = DateOnly.ParseExact(month, "yyyyMM", CultureInfo.InvariantCulture);
        return oldest is [var row] && string.CompareOrdinal(row.PartitionKey, month) < 0
            ? DirectoryPlace.Newest(new(first.AddMonths(-1), TimeOnly.MinValue, TimeSpan.Zero))
            : null;
    }
}

/// <summary>What a read of the directory found, and where to go on; null behind the oldest entry.</summary>
public sealed record DirectoryPage(IReadOnlyList<DirectoryEntry> Entries, DirectoryPlace? Next);

/// <summary>A place in the directory: at the newest end of a month, or behind one of its entries.</summary>
public sealed record DirectoryPlace(string Month, string? After)
{
    public static DirectoryPlace Newest(DateTimeOffset at) => new(Keys.Month(at), null);
}
