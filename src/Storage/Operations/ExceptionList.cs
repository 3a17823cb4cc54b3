using Azure.Data.Tables;
using Billing;

namespace Storage;

/// <summary>
/// What a person has to look at, over all agreements: open ones in one partition, closed ones in another, under the
/// same key. One thing of one agreement is one entry, however often it is found.
/// </summary>
public sealed class ExceptionList(ITables tables)
{
    private const string Open = "open";
    private const string Closed = "closed";
    private const int MaxOfAgreement = 500;

    /// <summary>Open ones by agreement, from the one after <paramref name="after"/> on.</summary>
    public async Task<IReadOnlyList<ExceptionEntry>> ListAsync(
        string? after,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var range = new KeyRange(Open, Open, limit) { FromRow = after is null ? null : after + "!" };
        return await ReadAsync(range, cancellationToken);
    }

    public Task<IReadOnlyList<ExceptionEntry>> ListOpenAsync(AgreementId id, CancellationToken cancellationToken) =>
        ReadAsync(KeyRange.Prefix(Open, id.Value, MaxOfAgreement), cancellationToken);

    public Task<IReadOnlyList<ExceptionEntry>> ListClosedAsync(AgreementId id, CancellationToken cancellationToken) =>
        ReadAsync(KeyRange.Prefix(Closed, id.Value, MaxOfAgreement), cancellationToken);

    /// <summary>Null when nothing of this key is open, or it can be no key of ours.</summary>
    public async Task<ExceptionEntry?> FindAsync(string key, CancellationToken cancellationToken) =>
        Keys.IsSafe(key) && await tables.FindAsync(StoreNames.Exceptions, new(Open, key), cancellationToken) is { } row
            ? Read(row)
            : null;

    /// <summary>Opens it when it is not open already.</summary>
    public async Task OpenAsync(ExceptionEntry entry, CancellationToken cancellationToken)
    {
        try
        {
            RowWrite insert = new RowWrite.Insert(RowOf(Open, entry));
            await tables.CommitAsync(StoreNames.Exceptions, [insert], cancellationToken);
        }
        catch (StorageConflictException)
        {
            // It is known already; the walk keeps its words up to date.
        }
    }

    /// <summary>Opens it, or notes that it is still so; its age goes on.</summary>
    public Task RaiseAsync(ExceptionEntry entry, CancellationToken cancellationToken) =>
        tables.CommitAsync(StoreNames.Exceptions, [new RowWrite.Put(RowOf(Open, entry))], cancellationToken);

    /// <summary>
    /// Kept among the closed first, then taken off the open ones if it is still as it was read; false when another hand
    /// was faster.
    /// </summary>
    public async Task<bool> CloseAsync(ExceptionEntry entry, CancellationToken cancellationToken)
    {
        await tables.CommitAsync(StoreNames.Exceptions, [new RowWrite.Put(RowOf(Closed, entry))], cancellationToken);
        try
        {
            var delete = new RowWrite.Delete(new(Open, entry.Key), entry.ETag);
            await tables.CommitAsync(StoreNames.Exceptions, [delete], cancellationToken);
            return true;
        }
        catch (StorageConflictException)
        {
            return false;
        }
    }

    private async Task<IReadOnlyList<ExceptionEntry>> ReadAsync(KeyRange range, CancellationToken cancellationToken)
    {
        var rows = await tables.RangeAsync(StoreNames.Exceptions, range, cancellationToken);
        return [.. rows.Select(Read)];
    }

    private static TableEntity RowOf(string partition, ExceptionEntry entry)
    {
        var row = RowColumns.Row(partition, entry.Key);
        row["Agreement"] = entry.Agreement.Value;
        row["Subject"] = entry.Subject;
        row["Reason"] = entry.Reason;
        row["RaisedAt"] = entry.RaisedAt;
        row["SeenAt"] = entry.SeenAt;
        row["StopsCharging"] = entry.StopsCharging;
        row["ClosedAt"] = entry.ClosedAt;
        row["ClosedBy"] = entry.ClosedBy;
        row["ClosedBecause"] = entry.ClosedBecause;
        return row;
    }

    private static ExceptionEntry Read(TableEntity row) =>
        new(
            AgreementId.Parse(row.Checked().GetString("Agreement")),
            row.GetString("Subject")!,
            row.GetString("Reason")!,
            row.GetDateTimeOffset("RaisedAt")!.Value,
            row.GetDateTimeOffset("SeenAt")!.Value
        )
        {
            StopsCharging = row.GetBoolean("StopsCharging") is true,
            ClosedAt = row.GetDateTimeOffset("ClosedAt"),
            ClosedBy = row.GetString("ClosedBy"),
            ClosedBecause = row.GetString("ClosedBecause"),
            ETag = row.ETag,
        };
}

/// <summary>One thing of one agreement that a person has to look at.</summary>
/// <param name="Agreement">Whose it is.</param>
/// <param name="Subject">A charge, a refund, <c>sums</c>, or <c>agreement</c>.</param>
/// <param name="Reason">What is wrong, in words.</param>
/// <param name="RaisedAt">Since when it is known.</param>
/// <param name="SeenAt">When it was last found to be so.</param>
public sealed record ExceptionEntry(
    AgreementId Agreement,
    string Subject,
    string Reason,
    DateTimeOffset RaisedAt,
    DateTimeOffset SeenAt
)
{
    /// <summary>The agreement's charging is stopped by it, until it is closed.</summary>
    public bool StopsCharging { get; init; }

    /// <summary>
    /// One thing is one entry, however its words change; what stops the charging is an entry for each reason.
    /// </summary>
    public string Key => $"{Agreement}-{ShortHash.Of(StopsCharging ? $"{Subject}\n{Reason}" : Subject)}";

    /// <summary>The entry of a reason that stops an agreement's charging.</summary>
    public static ExceptionEntry Of(AgreementId agreement, AgreementStop stop, DateTimeOffset seenAt) =>
        new(agreement, stop.Subject, stop.Reason, stop.At, seenAt) { StopsCharging = true };

    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>An operator, or the walk when it was no longer so.</summary>
    public string? ClosedBy { get; init; }

    public string? ClosedBecause { get; init; }

    internal Azure.ETag ETag { get; init; }
}
