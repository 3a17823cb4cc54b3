using Azure;
using Azure.Data.Tables;
using Billing;

namespace Storage;

/// <summary>
/// "Look at this agreement at this time", by minute. The agreement's own partition is the truth; one too
/// many costs a look that finds nothing.
/// </summary>
public sealed class WakeUps(ITables tables, TimeProvider clock)
{
    /// <summary>
    /// Whoever does not hold the baton asks for no nearer look than this, so that its commit is there first.
    /// </summary>
    public static TimeSpan Nearest { get; } = TimeSpan.FromMinutes(2);

    /// <summary>By everyone who does not hold the baton.</summary>
    public Task AddAsync(AgreementId agreement, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var nearest = clock.GetUtcNow() + Nearest;
        return PutAsync(agreement, at > nearest ? at : nearest, cancellationToken);
    }

    /// <summary>By a look, which puts its baton down here: always in a later minute than now.</summary>
    public Task PassBatonAsync(AgreementId agreement, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var later = clock.GetUtcNow() + TimeSpan.FromTicks(1);
        return PutAsync(agreement, at > later ? at : later, cancellationToken);
    }

    /// <summary>Wake-ups whose minute has come, the oldest first.</summary>
    public async Task<IReadOnlyList<WakeUp>> DueAsync(int limit, CancellationToken cancellationToken)
    {
        var range = new KeyRange("0", Keys.Minute(clock.GetUtcNow()), limit);
        var rows = await tables.RangeAsync(StoreNames.WakeUps, range, cancellationToken);
        return [.. rows.Select(row => new WakeUp(AgreementId.Parse(row.RowKey), row.PartitionKey, row.ETag))];
    }

    /// <summary>The minute of the earliest wake-up; null when there is none.</summary>
    public async Task<DateTimeOffset?> FirstAsync(CancellationToken cancellationToken)
    {
        var rows = await tables.RangeAsync(StoreNames.WakeUps, new("0", "9", 1), cancellationToken);
        return rows.Count is 0 ? null : Keys.MinuteOf(rows[0].PartitionKey);
    }

    /// <summary>
    /// Deletes wake-ups of one minute as they were read: in one go, and one by one when another hand has put one of
    /// them again, which then stays.
    /// </summary>
    public async Task DeleteAsync(IReadOnlyList<WakeUp> ofOneMinute, CancellationToken cancellationToken)
    {
        var writes = ofOneMinute
            .Select(it => new RowWrite.Delete(new(it.Minute, it.Agreement.Value), it.ETag))
            .ToList();
        if (await TryDeleteAsync(writes, cancellationToken) || writes.Count is 1)
        {
            return;
        }

        foreach (var write in writes)
        {
            await TryDeleteAsync([write], cancellationToken);
        }
    }

    private async Task<bool> TryDeleteAsync(IReadOnlyList<RowWrite> writes, CancellationToken cancellationToken)
    {
        try
        {
            await tables.CommitAsync(StoreNames.WakeUps, writes, cancellationToken);
            return true;
        }
        catch (StorageConflictException)
        {
            return false;
        }
    }

    private async Task PutAsync(AgreementId agreement, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var row = new TableEntity(Keys.Minute(Keys.MinuteNotBefore(at)), agreement.Value);
        await tables.CommitAsync(StoreNames.WakeUps, [new RowWrite.Put(row)], cancellationToken);
    }
}

/// <summary>A wake-up as it was read.</summary>
public sealed record WakeUp(AgreementId Agreement, string Minute, ETag ETag);
