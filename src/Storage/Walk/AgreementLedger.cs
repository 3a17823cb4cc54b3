using Azure.Data.Tables;
using Billing;

namespace Storage;

/// <summary>What an agreement has accumulated: for the walk, never for a decision about money.</summary>
public sealed class AgreementLedger(ITables tables)
{
    private const int PerPage = 1000;

    /// <summary>More pages than these are not read: an agreement charged daily for fifty years fits.</summary>
    private const int MaxPages = 20;

    private const int MaxPerDelete = 100;

    /// <summary>The sums of what moved, from the rows of moved money alone (invariant 5).</summary>
    public async Task<MovedMoney> SumAsync(AgreementId id, CancellationToken cancellationToken)
    {
        var sum = new MovedMoney(0, 0, null);
        foreach (var prefix in (string[])[Keys.MoneyPrefix, Keys.MoneyPrefixBefore])
        {
            await foreach (var row in PagesAsync(id, prefix, null, cancellationToken))
            {
                sum = sum.And(row.Checked());
            }
        }

        return sum;
    }

    public async Task<IReadOnlyList<Attempt>> ListAttemptsAsync(AgreementId id, CancellationToken cancellationToken)
    {
        List<Attempt> attempts = [];
        await foreach (var row in PagesAsync(id, Keys.ChargePrefix, null, cancellationToken))
        {
            attempts.Add(AttemptRow.Read(row));
        }

        return attempts;
    }

    /// <summary>All refunds, of whichever charge.</summary>
    public async Task<IReadOnlyList<Refund>> ListRefundsAsync(AgreementId id, CancellationToken cancellationToken)
    {
        List<Refund> refunds = [];
        await foreach (var row in PagesAsync(id, Keys.AnyRefundPrefix, null, cancellationToken))
        {
            refunds.Add(RefundRow.Read(row));
        }

        return refunds;
    }

    /// <summary>
    /// Deletes events of this agreement that came before a moment and that <paramref name="mayGo"/> by their type; how
    /// many. Rows of moved money and of keyed operations are no events and stay.
    /// </summary>
    public async Task<int> PurgeEventsAsync(
        AgreementId id,
        DateTimeOffset before,
        Func<string, bool> mayGo,
        CancellationToken cancellationToken
    )
    {
        List<RowWrite> old = [];
        string[] columns = ["PartitionKey", "RowKey", "Type", "ReceivedAt"];
        await foreach (var row in PagesAsync(id, Keys.EventPrefix, columns, cancellationToken))
        {
            if (row.GetDateTimeOffset("ReceivedAt") < before && row.GetString("Type") is { } type && mayGo(type))
            {
                old.Add(new RowWrite.Delete(new(row.PartitionKey, row.RowKey), row.ETag));
            }
        }

        foreach (var together in old.Chunk(MaxPerDelete))
        {
            await tables.CommitAsync(StoreNames.Agreements, together, cancellationToken);
        }

        return old.Count;
    }

    private async IAsyncEnumerable<TableEntity> PagesAsync(
        AgreementId id,
        string prefix,
        string[]? columns,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var range = KeyRange.Prefix(id.Value, prefix, PerPage) with { Columns = columns };
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

            if (page == MaxPages)
            {
                throw new InvalidOperationException($"{id} has more than {MaxPages * PerPage} rows {prefix}….");
            }

            range = range with { FromRow = rows[^1].RowKey + "!" };
        }
    }
}

/// <summary>What moved in all, and when money moved last.</summary>
public sealed record MovedMoney(long CapturedMinorUnits, long RefundedMinorUnits, DateTimeOffset? LastAt)
{
    /// <summary>A row without sums is an event that took such a name for its own.</summary>
    internal MovedMoney And(TableEntity row) =>
        row.GetInt64("CapturedMinorUnits") is { } captured && row.GetInt64("RefundedMinorUnits") is { } refunded
            ? new(CapturedMinorUnits + captured, RefundedMinorUnits + refunded, Latest(row.GetDateTimeOffset("At")))
            : this;

    private DateTimeOffset? Latest(DateTimeOffset? at) => LastAt is null || at > LastAt ? at : LastAt;
}
