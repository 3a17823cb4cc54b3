using Azure;
using Azure.Data.Tables.Models;
using Azure.Storage.Queues.Models;

namespace Storage;

/// <summary>
/// Which of our tables and queues are not there, though the account answers: a deployment gone wrong. Anybody may ask
/// at any time, so storage is asked at most once at a time, and what it said is told again for a while.
/// </summary>
public sealed class MissingStores(ITables tables, IQueues queues, TimeProvider clock)
{
    private static readonly TimeSpan ToldAgainWhenWhole = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ToldAgain = TimeSpan.FromSeconds(10);

    /// <summary>A range of one partition, in which nothing is ever written.</summary>
    private static readonly KeyRange Nothing = new("-", "-", 1);

    private readonly Lock gate = new();
    private Task<IReadOnlyList<string>>? last;
    private long lastAskedAt;

    /// <summary>Their names, like "table wakeups"; none when all are there.</summary>
    public Task<IReadOnlyList<string>> FindAsync(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (last is null || IsOver(last))
            {
                (last, lastAskedAt) = (AskAsync(), clock.GetTimestamp());
            }

            return last.WaitAsync(cancellationToken);
        }
    }

    private bool IsOver(Task<IReadOnlyList<string>> asked) =>
        asked.IsCompleted
        && clock.GetElapsedTime(lastAskedAt)
            >= (asked is { IsCompletedSuccessfully: true, Result.Count: 0 } ? ToldAgainWhenWhole : ToldAgain);

    /// <summary>For all who wait, so none of them can stop it; the clients end it in their time.</summary>
    private async Task<IReadOnlyList<string>> AskAsync()
    {
        var ofTables = StoreNames.Tables.Select(it =>
            NameIfMissingAsync($"table {it}", () => tables.RangeAsync(it, Nothing, CancellationToken.None))
        );
        var ofQueues = StoreNames.Queues.Select(it =>
            NameIfMissingAsync($"queue {it}", () => queues.DepthAsync(it, CancellationToken.None))
        );
        return [.. (await Task.WhenAll(ofTables.Concat(ofQueues))).OfType<string>()];
    }

    private static async Task<string?> NameIfMissingAsync(string name, Func<Task> ask)
    {
        try
        {
            await ask();
            return null;
        }
        catch (RequestFailedException e) when (IsMissing(e))
        {
            return name;
        }
    }

    private static bool IsMissing(RequestFailedException e) =>
        e.Status is 404
        || (
            e.Status is 409
            && (TableErrorCode.TableBeingDeleted == e.ErrorCode || QueueErrorCode.QueueBeingDeleted == e.ErrorCode)
        );
}
