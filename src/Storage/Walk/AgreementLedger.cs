using Azure.Data.Tables;
using Billing;

namespace Storage;

/// <summary>What an agreement has accumulated: for the walk, never for a decision about money.</summary>
public sealed class AgreementLedger(ITables tables)
{
    private const int PerPage = 1000;
    private const int MaxPerDelete = 100;

    /// <summary>A purge reads so many pages of events at a time.</summary>
    private const int PagesPerPurge = 5;

    /// <summary>
    /// What must be read whole may have so many rows of a kind: twenty charges a day for twenty-seven years.
    /// </summary>
    public int MaxRows { get; init; } = 200_000;

    /// <summary>
    /// The sums of what moved, from the rows of moved money alone (the README's promise 5); of too many, those of the
    /// first ones.
    /// </summary>
    public async Task<MovedMoney> SumAsync(AgreementId id, CancellationToken cancellationToken)
    {
        var sum = new MovedMoney(0, 0, null);
        try
        {
            foreach (var prefix in (string[])[Keys.MoneyPrefix, Keys.MoneyPrefixBefore])
            {
                await foreach (var row in PagesAsync(id, prefix, cancellationToken))
                {
                    sum = sum.And(row.Checked());
                }
            }
        }
        catch (TooManyRowsException e)
        {
            return sum with { WhyPartial = e.Message };
        }

        return sum;
    }

    /// <exception cref="TooManyRowsException">They cannot be read whole.</exception>
    public async Task<IReadOnlyList<Attempt>> ListAttemptsAsync(AgreementId id, CancellationToken cancellationToken)
    {
        List<Attempt> attempts = [];
        await foreach (var row in PagesAsync(id, Keys.ChargePrefix, cancellationToken))
        {
            attempts.Add(AttemptRow.Read(row));
        }

        return attempts;
    }

    /// <summary>All refunds, of whichever charge.</summary>
    /// <exception cref="TooManyRowsException">They cannot be read whole.</exception>
    public async Task<IReadOnlyList<Refund>> ListRefundsAsync(AgreementId id, CancellationToken cancellationToken)
    {
        List<Refund> refunds = [];
        await foreach (var row in PagesAsync(id, Keys.AnyRefundPrefix, cancellationToken))
        {
            refunds.Add(RefundRow.Read(row));
        }

        return refunds;
    }

    /// <summary>
    /// Deletes events of this agreement that came before a moment, that have moved no money and that
    /// <paramref name="mayGo"/> by their type. It goes a bounded way, and says where the next one goes on. Rows of
    /// other kinds are no events and stay.
    /// </summary>
    public async Task<Purge> PurgeEventsAsync(
        AgreementId id,
        string? after,
        DateTimeOffset before,
        Func<string, bool> mayGo,
        CancellationToken cancellationToken
    )
    {
        var (purged, through) = (0, after);
        for (var page = 1; page <= PagesPerPurge; page++)
        {
            var range = KeyRange.Prefix(id.Value, Keys.EventPrefix, PerPage) with
            {
                Columns = ["PartitionKey", "RowKey", "Type", "ReceivedAt", "MovedMoney"],
            };
            range = through is null ? range : range with { FromRow = through + "!" };
            var rows = await tables.RangeAsync(StoreNames.Agreements, range, cancellationToken);
            foreach (var together in rows.Where(IsOld).Chunk(MaxPerDelete))
            {
                purged += await DeleteAsync(together, cancellationToken);
            }

            if (rows.Count < PerPage)
            {
                return new(purged, null);
            }

            through = rows[^1].RowKey;
        }

        return new(purged, through);

        bool IsOld(TableEntity row) =>
            row.GetDateTimeOffset("ReceivedAt") < before
            && row.GetBoolean("MovedMoney") is not true
            && row.GetString("Type") is { } type
            && mayGo(type);
    }

    /// <summary>How many; none when another hand has touched one of them, and then the next round comes by.</summary>
    private async Task<int> DeleteAsync(IReadOnlyList<TableEntity> rows, CancellationToken cancellationToken)
    {
        try
        {
            var deletes = rows.Select(row => new RowWrite.Delete(new(row.PartitionKey, row.RowKey), row.ETag));
            await tables.CommitAsync(StoreNames.Agreements, [.. deletes], cancellationToken);
            return rows.Count;
        }
        catch (StorageConflictException)
        {
            return 0;
        }
    }

    private async IAsyncEnumerable<TableEntity> PagesAsync(
        AgreementId id,
        string prefix,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var range = KeyRange.Prefix(id.Value, prefix, PerPage);
        for (var page = 1; ; page++)
        {
            var rows = await tables.RangeAsync(StoreNames.Agreements, range, cancellationToken);
            foreach (var row in rows)
            {
                yield return row;
            }

            if (rows.Count < PerPage)
            {
                yield break;
            }

            if (page * PerPage >= MaxRows)
            {
                throw new TooManyRowsException($"more than {MaxRows} rows {prefix}…: they cannot be read whole");
            }

            range = range with { FromRow = rows[^1].RowKey + "!" };
        }
    }
}

/// <summary>An agreement has more rows of a kind than may be read at once. It says which, for people.</summary>
public sealed class TooManyRowsException(string message) : Exception(message);

/// <summary>How far a purge came.</summary>
/// <param name="Count">How many events are gone.</param>
/// <param name="Through">The key behind which the next purge goes on; null when there is no more.</param>
public sealed record Purge(int Count, string? Through);

/// <summary>What moved in all, and when money moved last.</summary>
public sealed record MovedMoney(long CapturedMinorUnits, long RefundedMinorUnits, DateTimeOffset? LastAt)
{
    /// <summary>Why these are not all; null when they are.</summary>
    public string? WhyPartial { get; init; }

    /// <summary>A row without sums is an event that took such a name for its own.</summary>
    internal MovedMoney And(TableEntity row) =>
        row.GetInt64("CapturedMinorUnits") is { } captured && row.GetInt64("RefundedMinorUnits") is { } refunded
            ? new(CapturedMinorUnits + captured, RefundedMinorUnits + refunded, Latest(row.GetDateTimeOffset("At")))
            : this;

    private DateTimeOffset? Latest(DateTimeOffset? at) => LastAt is null || at > LastAt ? at : LastAt;
}
