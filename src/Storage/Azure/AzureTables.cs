using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;

namespace Storage;

/// <summary>Azure Table Storage, or Azurite.</summary>
public sealed class AzureTables(TableServiceClient service) : ITables
{
    private const int RowsPerPageMax = 1000;

    public async Task<TableEntity?> FindAsync(string table, RowAddress address, CancellationToken cancellationToken)
    {
        TableLimits.CheckKeys(address);
        try
        {
            return await service
                .GetTableClient(table)
                .GetEntityAsync<TableEntity>(address.Partition, address.Row, cancellationToken: cancellationToken);
        }
        catch (RequestFailedException e) when (IsMissingRow(e))
        {
            return null;
        }
    }

    public async Task<IReadOnlyList<TableEntity>> RangeAsync(
        string table,
        KeyRange range,
        CancellationToken cancellationToken
    )
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(range.Limit);
        var found = service
            .GetTableClient(table)
            .QueryAsync<TableEntity>(
                FilterOf(range),
                Math.Min(range.Limit, RowsPerPageMax),
                range.Columns,
                cancellationToken
            );

        List<TableEntity> rows = [];
        await foreach (var row in found)
        {
            rows.Add(row);
            if (rows.Count == range.Limit)
            {
                break; // Before the next page is asked for.
            }
        }

        return rows;
    }

    public async Task<IReadOnlyList<ETag>> CommitAsync(
        string table,
        IReadOnlyList<RowWrite> writes,
        CancellationToken cancellationToken
    )
    {
        TableLimits.Check(writes);
        var client = service.GetTableClient(table);
        try
        {
            // A single delete goes as a transaction too: alone, the SDK calls a missing row a success.
            return writes is [not RowWrite.Delete]
                ? [EtagOf(await WriteAsync(client, writes[0], cancellationToken))]
                : await SubmitAsync(client, writes, cancellationToken);
        }
        catch (RequestFailedException e) when (IsConflict(e))
        {
            throw new StorageConflictException($"{table}: {e.Status} {e.ErrorCode}{RefusedOf(writes, e)}.", e);
        }
    }

    private static Task<Response> WriteAsync(TableClient client, RowWrite write, CancellationToken cancellationToken) =>
        write switch
        {
            RowWrite.Insert it => client.AddEntityAsync(it.Row, cancellationToken),
            RowWrite.Replace it => client.UpdateEntityAsync(
                it.Row,
                it.Known,
                TableUpdateMode.Replace,
                cancellationToken
            ),
            RowWrite.Put it => client.UpsertEntityAsync(it.Row, TableUpdateMode.Replace, cancellationToken),
            RowWrite.Merge it => client.UpsertEntityAsync(it.Row, TableUpdateMode.Merge, cancellationToken),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private static async Task<IReadOnlyList<ETag>> SubmitAsync(
        TableClient client,
        IReadOnlyList<RowWrite> writes,
        CancellationToken cancellationToken
    )
    {
        var answers = await client.SubmitTransactionAsync(writes.Select(ActionOf), cancellationToken);
        return [.. answers.Value.Select(EtagOf)];
    }

    private static TableTransactionAction ActionOf(RowWrite write) =>
        write switch
        {
            RowWrite.Insert it => new(TableTransactionActionType.Add, it.Row),
            RowWrite.Replace it => new(TableTransactionActionType.UpdateReplace, it.Row, it.Known),
            RowWrite.Put it => new(TableTransactionActionType.UpsertReplace, it.Row),
            RowWrite.Merge it => new(TableTransactionActionType.UpsertMerge, it.Row),
            RowWrite.Delete it => new(TableTransactionActionType.Delete, it.Row, it.Known),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    /// <summary>A deleted row has none.</summary>
    private static ETag EtagOf(Response answer) => answer.Headers.ETag ?? default;

    private static bool IsConflict(RequestFailedException e) =>
        e.Status is 412 || (e.Status is 409 && TableErrorCode.EntityAlreadyExists == e.ErrorCode) || IsMissingRow(e);

    /// <summary>The row whose condition did not hold, where storage says which.</summary>
    private static string RefusedOf(IReadOnlyList<RowWrite> writes, RequestFailedException e)
    {
        var index = e is TableTransactionFailedException of ? of.FailedTransactionActionIndex : 0;
        return index < writes.Count && writes[index.Value].Entity is { } row
            ? $", {row.PartitionKey} / {row.RowKey}"
            : string.Empty;
    }

    /// <summary>A missing table is not a missing row: it is a deployment gone wrong.</summary>
    private static bool IsMissingRow(RequestFailedException e) =>
        e.Status is 404
        && (TableErrorCode.ResourceNotFound == e.ErrorCode || TableErrorCode.EntityNotFound == e.ErrorCode);

    private static string FilterOf(KeyRange range)
    {
        var filter =
            range.FromPartition == range.ToPartition
                ? TableClient.CreateQueryFilter($"PartitionKey eq {range.FromPartition}")
                : TableClient.CreateQueryFilter(
                    $"PartitionKey ge {range.FromPartition} and PartitionKey le {range.ToPartition}"
                );
        if (range.FromRow is { } from)
        {
            filter += TableClient.CreateQueryFilter($" and RowKey ge {from}");
        }

        if (range.BeforeRow is { } before)
        {
            filter += TableClient.CreateQueryFilter($" and RowKey lt {before}");
        }

        return filter;
    }
}
