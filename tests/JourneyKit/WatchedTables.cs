using Azure;
using Azure.Data.Tables;
using Storage;

namespace JourneyKit;

/// <summary>Tables, with someone watching every call.</summary>
public sealed class WatchedTables(ITables inner, IEffectWatch watch) : ITables
{
    public Task<TableEntity?> FindAsync(string table, RowAddress address, CancellationToken cancellationToken) =>
        WatchAsync($"find {table}", () => inner.FindAsync(table, address, cancellationToken));

    public Task<IReadOnlyList<TableEntity>> RangeAsync(
        string table,
        KeyRange range,
        CancellationToken cancellationToken
    ) => WatchAsync($"range {table}", () => inner.RangeAsync(table, range, cancellationToken));

    public Task<IReadOnlyList<ETag>> CommitAsync(
        string table,
        IReadOnlyList<RowWrite> writes,
        CancellationToken cancellationToken
    ) => WatchAsync($"commit {table}", () => inner.CommitAsync(table, writes, cancellationToken));

    private async Task<T> WatchAsync<T>(string what, Func<Task<T>> act)
    {
        var effect = new Effect(EffectKind.Tables, what);
        await watch.BeforeAsync(effect);
        var result = await act();
        await watch.AfterAsync(effect);
        return result;
    }
}
