using System.Globalization;
using Azure.Data.Tables;

namespace Storage;

/// <summary>
/// Events that belong to no agreement of ours, or that could not be applied: kept with the reason, never dropped.
/// </summary>
public sealed class Quarantine(ITables tables)
{
    /// <summary>Keeping the same event for the same reason twice keeps it once.</summary>
    public Task KeepAsync(
        string eventId,
        string type,
        string reason,
        ReadOnlyMemory<byte> raw,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        var day = at.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        var row = new TableEntity(day, Keys.Safe(eventId))
        {
            ["Type"] = type,
            ["Reason"] = reason,
            ["KeptAt"] = at,
        };
        row.PutBytes("Raw", raw);
        return tables.CommitAsync(StoreNames.Quarantine, [new RowWrite.Put(row)], cancellationToken);
    }
}
