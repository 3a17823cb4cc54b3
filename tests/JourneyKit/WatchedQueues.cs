using Storage;

namespace JourneyKit;

/// <summary>Queues, with someone watching every call.</summary>
public sealed class WatchedQueues(IQueues inner, IEffectWatch watch) : IQueues
{
    public async Task PutAsync(
        string queue,
        ReadOnlyMemory<byte> body,
        TimeSpan visibleAfter,
        CancellationToken cancellationToken
    )
    {
        var effect = new Effect(EffectKind.Queues, $"put {queue}");
        await watch.BeforeAsync(effect);
        await inner.PutAsync(queue, body, visibleAfter, cancellationToken);
        await watch.AfterAsync(effect);
    }

    public Task<IReadOnlyList<ReceivedMessage>> ReceiveAsync(
        string queue,
        int limit,
        TimeSpan hiddenFor,
        CancellationToken cancellationToken
    ) => WatchAsync($"receive {queue}", () => inner.ReceiveAsync(queue, limit, hiddenFor, cancellationToken));

    public Task<bool> DeleteAsync(string queue, ReceivedMessage message, CancellationToken cancellationToken) =>
        WatchAsync($"delete {queue}", () => inner.DeleteAsync(queue, message, cancellationToken));

    public Task<int> DepthAsync(string queue, CancellationToken cancellationToken) =>
        WatchAsync($"depth {queue}", () => inner.DepthAsync(queue, cancellationToken));

    private async Task<T> WatchAsync<T>(string what, Func<Task<T>> act)
    {
        var effect = new Effect(EffectKind.Queues, what);
        await watch.BeforeAsync(effect);
        var result = await act();
        await watch.AfterAsync(effect);
        return result;
    }
}
