using Azure;
using Azure.Data.Tables;

namespace Storage;

/// <summary>Azure Table Storage, or Azurite, behind the seam.</summary>
public sealed class AzureTables(TableServiceClient service) : ITables
{
    public async Task<TableEntity?> FindAsync(string table, RowAddress address, CancellationToken cancellationToken)
    {
        var found = await Client(table).GetEntityIfExistsAsync<TableEntity>(
            address.Partition, address.Row, cancellationToken: cancellationToken);
        return found.HasValue ? found.Value : null;
    }

    public async Task<IReadOnlyList<TableEntity>> RangeAsync(
        string table, KeyRange range, CancellationToken cancellationToken)
    {
        var rows = new List<TableEntity>();
        var pages = Client(table).QueryAsync<TableEntity>(
            FilterOf(range), maxPerPage: Math.Min(range.Limit, 1000), cancellationToken: cancellationToken);
        await foreach (var row in pages)
        {
            rows.Add(row);
            if (rows.Count >= range.Limit)
            {
                break;
            }
        }

        return rows;
    }

    public async Task<IReadOnlyList<ETag>> CommitAsync(
        string table, IReadOnlyList<RowWrite> writes, CancellationToken cancellationToken)
    {
        TableLimits.Check(writes);
        try
        {
            var response = await Client(table).SubmitTransactionAsync(writes.Select(ActionOf), cancellationToken);
            return [.. response.Value.Select(it => it.Headers.ETag ?? default)];
        }
        catch (RequestFailedException e) when (e.Status is 404 or 409 or 412 && e.ErrorCode != "TableNotFound")
        {
            throw new StorageConflictException($"A write to {table} met another one.", e);
        }
    }

    private TableClient Client(string table) => service.GetTableClient(table);

    private static string FilterOf(KeyRange range)
    {
        var filter = range.FromPartition == range.ToPartition
            ? TableClient.CreateQueryFilter($"PartitionKey eq {range.FromPartition}")
            : TableClient.CreateQueryFilter($"PartitionKey ge {range.FromPartition} and PartitionKey le {range.ToPartition}");
        filter += range.FromRow is { } from ? " and " + TableClient.CreateQueryFilter($"RowKey ge {from}") : string.Empty;
        return filter + (range.BeforeRow is { } to ? " and " + TableClient.CreateQueryFilter($"RowKey lt {to}") : string.Empty);
    }

    private static TableTransactionAction ActionOf(RowWrite write) => write switch
    {
        RowWrite.Insert => new(TableTransactionActionType.Add, write.Entity),
        RowWrite.Replace replace => new(TableTransactionActionType.UpdateReplace, write.Entity, replace.Known),
        RowWrite.Put => new(TableTransactionActionType.UpsertReplace, write.Entity),
        RowWrite.Merge => new(TableTransactionActionType.UpsertMerge, write.Entity),
        RowWrite.Delete delete => new(TableTransactionActionType.Delete, write.Entity, delete.Known),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
