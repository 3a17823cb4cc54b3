using Azure;
using Azure.Data.Tables;
using Billing;

namespace Storage;

/// <summary>One entry: an agreement that was, or was to be, created then; with what the walk noted on it.</summary>
public sealed record DirectoryEntry(AgreementId Id, string? Reference, DirectoryPlace Place)
{
    internal const string PurgedThroughColumn = "PurgedThrough";

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the walk last compared it with PPRO.</summary>
    public DateTimeOffset? ComparedAt { get; init; }

    /// <summary>The agreement's version then.</summary>
    public int? ComparedVersion { get; init; }

    /// <summary>The event behind which the purge of old ones goes on; null when it had come to its end.</summary>
    public string? PurgedThrough { get; init; }

    internal ETag ETag { get; init; }

    /// <summary>
    /// False for the entry of a create that died before it wrote the agreement, which a repeat then wrote later: that
    /// agreement has an entry of its own.
    /// </summary>
    public bool IsOf(Agreement agreement) => Place.After == Keys.NewestFirst(agreement.CreatedAt, agreement.Id);

    internal static DirectoryEntry Read(TableEntity row) =>
        new(
            AgreementId.Parse(row.RowKey[^AgreementId.Length..]),
            row.GetString("Reference"),
            new(row.PartitionKey, row.RowKey)
        )
        {
            CreatedAt = Keys.CreatedAtOf(row.RowKey),
            ComparedAt = row.GetDateTimeOffset("ComparedAt"),
            ComparedVersion = row.GetInt32("ComparedVersion"),
            PurgedThrough = row.GetString(PurgedThroughColumn) is { Length: > 0 } key ? key : null,
            ETag = row.ETag,
        };
}
