using System.Globalization;
using Azure;
using Azure.Data.Tables;

namespace Storage;

/// <summary>
/// Events that belong to no agreement of ours, or that could not be applied: kept with the reason, never dropped. The
/// partition is the day on which they were received.
/// </summary>
public sealed class Quarantine(ITables tables)
{
    /// <summary>
    /// Keeping the same event twice keeps it once, with the newest reason. How often it has been tried stays.
    /// </summary>
    public Task KeepAsync(QuarantinedEvent kept, CancellationToken cancellationToken) =>
        tables.CommitAsync(StoreNames.Quarantine, [new RowWrite.Merge(kept.ToRow())], cancellationToken);

    public async Task<QuarantinedEvent?> FindAsync(QuarantineKey key, CancellationToken cancellationToken) =>
        await tables.FindAsync(StoreNames.Quarantine, new(key.Day, key.Id), cancellationToken) is { } row
            ? QuarantinedEvent.Read(row)
            : null;

    /// <summary>The oldest first, from the one after <paramref name="after"/> on.</summary>
    public async Task<IReadOnlyList<QuarantinedEvent>> ListAsync(
        QuarantineKey? after,
        int limit,
        CancellationToken cancellationToken
    )
    {
        List<TableEntity> rows = [];
        if (after is not null)
        {
            var restOfTheDay = new KeyRange(after.Day, after.Day, limit) { FromRow = after.Id + "!" };
            rows.AddRange(await tables.RangeAsync(StoreNames.Quarantine, restOfTheDay, cancellationToken));
        }

        if (rows.Count < limit)
        {
            var laterDays = new KeyRange(after is null ? "0" : after.Day + "!", "9", limit - rows.Count);
            rows.AddRange(await tables.RangeAsync(StoreNames.Quarantine, laterDays, cancellationToken));
        }

        return [.. rows.Select(QuarantinedEvent.Read)];
    }

    /// <summary>False when another hand was first: the row is gone, or says something newer.</summary>
    public Task<bool> RemoveAsync(QuarantinedEvent kept, CancellationToken cancellationToken) =>
        TryAsync(new RowWrite.Delete(kept.ToRow(), kept.ETag), cancellationToken);

    /// <summary>Leaves it there when trying it once more was in vain. False when another hand was first.</summary>
    public Task<bool> LeaveAsync(
        QuarantinedEvent kept,
        string reason,
        DateTimeOffset triedAt,
        CancellationToken cancellationToken
    )
    {
        var left = kept with { Reason = reason, Tries = kept.Tries + 1, TriedAt = triedAt };
        return TryAsync(new RowWrite.Replace(left.ToRow(), kept.ETag), cancellationToken);
    }

    private async Task<bool> TryAsync(RowWrite write, CancellationToken cancellationToken)
    {
        try
        {
            await tables.CommitAsync(StoreNames.Quarantine, [write], cancellationToken);
            return true;
        }
        catch (StorageConflictException)
        {
            return false;
        }
    }
}

/// <summary>Where an event lies in quarantine: <c>yyyyMMdd</c> in UTC, and its id as a key allows it.</summary>
public sealed record QuarantineKey(string Day, string Id)
{
    private const int DayLength = 8;

    public static QuarantineKey Of(string eventId, DateTimeOffset receivedAt) =>
        new(DayOf(receivedAt), Keys.Safe(eventId));

    /// <summary>For bytes that are no event and so have no id.</summary>
    public static QuarantineKey Of(ReadOnlySpan<byte> bytes, DateTimeOffset receivedAt) =>
        new(DayOf(receivedAt), Keys.OfBytes(bytes));

    /// <summary>Null for what can be no key of ours.</summary>
    public static QuarantineKey? TryCreate(string day, string id) =>
        day.Length is DayLength && day.All(char.IsAsciiDigit) && Keys.IsSafe(id) ? new(day, id) : null;

    public static QuarantineKey? TryParse(string text) =>
        text.Length > DayLength + 1 && text[DayLength] is '-'
            ? TryCreate(text[..DayLength], text[(DayLength + 1)..])
            : null;

    public override string ToString() => $"{Day}-{Id}";

    private static string DayOf(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
}

/// <summary>An event in quarantine.</summary>
public sealed record QuarantinedEvent(QuarantineKey Key, string EventId, string Type, string Reason)
{
    public required DateTimeOffset KeptAt { get; init; }

    /// <summary>
    /// When our receiver verified it; null for a message that our receiver did not write, which is never applied.
    /// </summary>
    public required DateTimeOffset? ReceivedAt { get; init; }

    public required ReadOnlyMemory<byte> Raw { get; init; }

    /// <summary>How often an operator has tried to apply it, and when the last time was.</summary>
    public int Tries { get; init; }

    public DateTimeOffset? TriedAt { get; init; }

    internal ETag ETag { get; init; }

    internal TableEntity ToRow()
    {
        var row = RowColumns.Row(Key.Day, Key.Id);
        row["EventId"] = EventId;
        row["Type"] = Type;
        row["Reason"] = Reason;
        row["KeptAt"] = KeptAt;
        row["ReceivedAt"] = ReceivedAt;
        row["Tries"] = Tries is 0 ? null : Tries; // A merge keeps what is there.
        row["TriedAt"] = TriedAt;
        row.PutBytes("Raw", Raw);
        return row;
    }

    internal static QuarantinedEvent Read(TableEntity row) =>
        new(
            new(row.Checked().PartitionKey, row.RowKey),
            row.GetString("EventId")!,
            row.GetString("Type")!,
            row.GetString("Reason")!
        )
        {
            KeptAt = row.GetDateTimeOffset("KeptAt")!.Value,
            ReceivedAt = row.GetDateTimeOffset("ReceivedAt"),
            Raw = row.GetBytes("Raw"),
            Tries = row.GetInt32("Tries") ?? 0,
            TriedAt = row.GetDateTimeOffset("TriedAt"),
            ETag = row.ETag,
        };
}
