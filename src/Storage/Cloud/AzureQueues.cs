using Azure;
using Azure.Storage.Queues;

namespace Storage;

/// <summary>Azure Queue Storage, or Azurite, behind the seam.</summary>
public sealed class AzureQueues(QueueServiceClient service) : IQueues
{
    private static readonly TimeSpan Never = TimeSpan.FromSeconds(-1);

    public Task PutAsync(
        string queue, ReadOnlyMemory<byte> body, TimeSpan visibleAfter, CancellationToken cancellationToken)
    {
        var wait = TimeSpan.FromSeconds(Math.Ceiling(visibleAfter.TotalSeconds));
        return service.GetQueueClient(queue).SendMessageAsync(
            BinaryData.FromBytes(body), visibilityTimeout: wait, timeToLive: Never, cancellationToken);
    }

    public async Task<IReadOnlyList<ReceivedMessage>> ReceiveAsync(
        string queue, int limit, TimeSpan hiddenFor, CancellationToken cancellationToken)
    {
        var messages = await service.GetQueueClient(queue).ReceiveMessagesAsync(limit, hiddenFor, cancellationToken);
        return [.. messages.Value.Select(it => new ReceivedMessage(
            it.MessageId, it.PopReceipt, it.Body.ToMemory(), it.DequeueCount, it.InsertedOn ?? default))];
    }

    public async Task<bool> DeleteAsync(string queue, ReceivedMessage message, CancellationToken cancellationToken)
    {
        try
        {
            await service.GetQueueClient(queue).DeleteMessageAsync(message.Id, message.Receipt, cancellationToken);
            return true;
        }
        catch (RequestFailedException e) when (e.Status is 404 || e.ErrorCode is "PopReceiptMismatch")
        {
            return false;
        }
    }

    public async Task<int> DepthAsync(string queue, CancellationToken cancellationToken)
    {
        var properties = await service.GetQueueClient(queue).GetPropertiesAsync(cancellationToken);
        return properties.Value.ApproximateMessagesCount;
    }
}
