using Azure;
using Azure.Data.Tables;

namespace JourneyKit;

/// <summary>How a row is kept: our columns without the empty ones, times in UTC, bytes of its own.</summary>
internal static class MemoryRow
{
    public static TableEntity Store(TableEntity row, TableEntity? before, ETag etag, DateTimeOffset at)
    {
        var stored = before is null ? new TableEntity(row.PartitionKey, row.RowKey) : Copy(before);
        foreach (var (name, value) in row)
        {
            if (value is not null && !IsSystem(name))
            {
                stored[name] = Copy(value);
            }
        }

        (stored.ETag, stored.Timestamp) = (etag, at);
        return stored;
    }

    public static TableEntity Copy(TableEntity row)
    {
        var copy = new TableEntity(row.PartitionKey, row.RowKey) { ETag = row.ETag, Timestamp = row.Timestamp };
        foreach (var (name, value) in row)
        {
            if (!IsSystem(name))
            {
                copy[name] = Copy(value);
            }
        }

        return copy;
    }

    private static object Copy(object value) =>
        value switch
        {
            byte[] bytes => bytes.ToArray(),
            BinaryData bytes => bytes.ToArray(),
            DateTimeOffset at => at.ToUniversalTime(),
            _ => value,
        };

    private static bool IsSystem(string name) => name is "PartitionKey" or "RowKey" or "Timestamp" or "odata.etag";
}
