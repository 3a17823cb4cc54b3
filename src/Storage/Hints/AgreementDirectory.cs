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
        var month = createdAt.UtcDateTime.ToString("yyyyMM", CultureInfo.InvariantCulture);
        var newestFirst = (DateTimeOffset.MaxValue.UtcTicks - createdAt.UtcTicks).ToString(
            "D19",
            CultureInfo.InvariantCulture
        );
        var row = new TableEntity(month, $"{newestFirst}-{id}") { ["Reference"] = reference };
        return tables.CommitAsync(StoreNames.Directory, [new RowWrite.Put(row)], cancellationToken);
    }
}
