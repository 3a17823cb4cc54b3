namespace Storage;

/// <summary>Queues as we use them: messages of bytes, at least once, never expiring.</summary>
public interface IQueues
{
    /// <summary>
    /// Puts a message that appears after <paramref name="visibleAfter"/> (whole seconds, at most 7 days). When this
    /// returns, the message is durable.
    /// </summary>
    Task PutAsync(string queue, ReadOnlyMemory<byte> body, TimeSpan visibleAfter, CancellationToken cancellationToken);

    /// <summary>Takes up to <paramref name="limit"/> (at most 32) messages and hides them for a while.</summary>
    Task<IReadOnlyList<ReceivedMessage>> ReceiveAsync(
        string queue,
        int limit,
        TimeSpan hiddenFor,
        CancellationToken cancellationToken
    );

    /// <summary>True when the message was still ours; false when it had been handed out again or is gone.</summary>
    Task<bool> DeleteAsync(string queue, ReceivedMessage message, CancellationToken cancellationToken);

    /// <summary>About how many messages there are, invisible ones included.</summary>
    Task<int> DepthAsync(string queue, CancellationToken cancellationToken);
}

/// <summary>A message in our hands. <paramref name="Receipt"/> proves it.</summary>
public sealed record ReceivedMessage(
    string Id,
    string Receipt,
    ReadOnlyMemory<byte> Body,
    long DequeueCount,
    DateTimeOffset InsertedAt
);
