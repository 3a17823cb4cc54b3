using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;

namespace Storage;

/// <summary>Azure Queue Storage, or Azurite. What a message is on the wire, <see cref="QueueText"/> says.</summary>
public sealed class AzureQueues(QueueServiceClient service) : IQueues
{
    private const int MessagesPerReceiveMax = 32;
    private static readonly TimeSpan Never = TimeSpan.FromSeconds(-1);
    private static readonly TimeSpan OneSecond = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan VisibilityMax = TimeSpan.FromDays(7);

    public async Task PutAsync(
        string queue,
        ReadOnlyMemory<byte> body,
        TimeSpan visibleAfter,
        CancellationToken cancellationToken
    ) =>
        await service
            .GetQueueClient(queue)
            .SendMessageAsync(
                QueueText.Of(body.Span),
                WholeSeconds(visibleAfter, TimeSpan.Zero),
                Never,
                cancellationToken
            );

    public async Task<IReadOnlyList<ReceivedMessage>> ReceiveAsync(
        string queue,
        int limit,
        TimeSpan hiddenFor,
        CancellationToken cancellationToken
    )
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, MessagesPerReceiveMax);
        var messages = await service
            .GetQueueClient(queue)
            .ReceiveMessagesAsync(limit, WholeSeconds(hiddenFor, OneSecond), cancellationToken);
        return [.. messages.Value.Select(Read)];
    }

    public async Task<bool> DeleteAsync(string queue, ReceivedMessage message, CancellationToken cancellationToken)
    {
        try
        {
            await service.GetQueueClient(queue).DeleteMessageAsync(message.Id, message.Receipt, cancellationToken);
            return true;
        }
        catch (RequestFailedException e) when (IsNoLongerOurs(e))
        {
            return false;
        }
    }

    public async Task<int> DepthAsync(string queue, CancellationToken cancellationToken)
    {
        var properties = await service.GetQueueClient(queue).GetPropertiesAsync(cancellationToken);
        return (int)Math.Min(properties.Value.ApproximateMessagesCountLong, int.MaxValue);
    }

    private static ReceivedMessage Read(QueueMessage message) =>
        new(
            message.MessageId,
            message.PopReceipt,
            QueueText.Read(message.MessageText),
            message.DequeueCount,
            message.InsertedOn ?? throw new InvalidOperationException($"Message {message.MessageId} has no date.")
        );

    /// <summary>Rounded up: a message may come late, never early.</summary>
    private static TimeSpan WholeSeconds(TimeSpan wanted, TimeSpan least)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(wanted, VisibilityMax);
        return wanted <= least ? least : TimeSpan.FromSeconds((long)Math.Ceiling(wanted.TotalSeconds));
    }

    private static bool IsNoLongerOurs(RequestFailedException e) =>
        e.ErrorCode == QueueErrorCode.PopReceiptMismatch || e.ErrorCode == QueueErrorCode.MessageNotFound;
}
