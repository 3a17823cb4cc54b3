using System.Globalization;
using Storage;

namespace JourneyKit;

/// <summary>
/// Queues in memory, with Azure's semantics: whole seconds of visibility, at least once, a new receipt for every time
/// a message is handed out. What the host does beside our code (showing a message again) is here too.
/// </summary>
public sealed class MemoryQueues(TimeProvider clock) : IQueues
{
    private const int MessagesPerReceiveMax = 32;
    private static readonly TimeSpan OneSecond = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan VisibilityMax = TimeSpan.FromDays(7);

    private readonly Lock gate = new();
    private readonly Dictionary<string, List<Message>> queues = [];
    private long put;

    public Task PutAsync(
        string queue,
        ReadOnlyMemory<byte> body,
        TimeSpan visibleAfter,
        CancellationToken cancellationToken
    )
    {
        QueueText.RequireFits(body.Length);
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            var now = clock.GetUtcNow();
            var number = ++put;
            QueueOf(queue).Add(new(number, body.ToArray(), now, now + WholeSeconds(visibleAfter, TimeSpan.Zero)));
            return Task.CompletedTask;
        }
    }

    public Task<IReadOnlyList<ReceivedMessage>> ReceiveAsync(
        string queue,
        int limit,
        TimeSpan hiddenFor,
        CancellationToken cancellationToken
    )
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, MessagesPerReceiveMax);
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            var now = clock.GetUtcNow();
            var until = now + WholeSeconds(hiddenFor, OneSecond);
            return Task.FromResult<IReadOnlyList<ReceivedMessage>>([
                .. QueueOf(queue)
                    .Where(message => message.VisibleAt <= now)
                    .OrderBy(message => message.VisibleAt)
                    .Take(limit)
                    .ToList()
                    .Select(message => message.HandOut(until)),
            ]);
        }
    }

    public Task<bool> DeleteAsync(string queue, ReceivedMessage message, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            return Task.FromResult(QueueOf(queue).RemoveAll(it => it.Receipt == message.Receipt) > 0);
        }
    }

    public Task<int> DepthAsync(string queue, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult(QueueOf(queue).Count);
        }
    }

    /// <summary>Shows a message again after this, when it is still the receiver's; the host does so after a failure.</summary>
    public void Release(string queue, ReceivedMessage message, TimeSpan visibleAfter)
    {
        lock (gate)
        {
            if (QueueOf(queue).Find(it => it.Receipt == message.Receipt) is { } known)
            {
                known.VisibleAt = clock.GetUtcNow() + WholeSeconds(visibleAfter, TimeSpan.Zero);
            }
        }
    }

    /// <summary>When the next message appears; null for an empty queue.</summary>
    public DateTimeOffset? NextAt(string queue)
    {
        lock (gate)
        {
            var messages = QueueOf(queue);
            return messages.Count is 0 ? null : messages.Min(it => it.VisibleAt);
        }
    }

    /// <summary>What is on the queue, hidden messages included.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Bodies(string queue)
    {
        lock (gate)
        {
            return [.. QueueOf(queue).Select(it => (ReadOnlyMemory<byte>)it.Body)];
        }
    }

    private List<Message> QueueOf(string queue)
    {
        if (!queues.TryGetValue(queue, out var messages))
        {
            queues[queue] = messages = [];
        }

        return messages;
    }

    /// <summary>Rounded up: a message may come late, never early.</summary>
    private static TimeSpan WholeSeconds(TimeSpan wanted, TimeSpan least)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(wanted, VisibilityMax);
        return wanted <= least ? least : TimeSpan.FromSeconds((long)Math.Ceiling(wanted.TotalSeconds));
    }

    private sealed class Message(long number, byte[] body, DateTimeOffset insertedAt, DateTimeOffset visibleAt)
    {
        private int handedOut;

        public byte[] Body => body;

        public DateTimeOffset VisibleAt { get; set; } = visibleAt;

        public string? Receipt { get; private set; }

        public ReceivedMessage HandOut(DateTimeOffset hiddenUntil)
        {
            VisibleAt = hiddenUntil;
            Receipt = string.Create(CultureInfo.InvariantCulture, $"m{number}-{++handedOut}");
            return new($"m{number}", Receipt, body.ToArray(), handedOut, insertedAt);
        }
    }
}
