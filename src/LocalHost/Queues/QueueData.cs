using Azure.Storage.Queues.Models;
using Google.Protobuf;
using LocalHost.Rpc;

namespace LocalHost.Queues;

/// <summary>A message as the worker takes it: as a whole, in the storage extension's own form, or as text.</summary>
internal static class QueueData
{
    private static readonly System.Buffers.SearchValues<char> Spaces = System.Buffers.SearchValues.Create(" \t\r\n");

    public static TypedData Of(QueueMessage message, bool isWhole) =>
        isWhole
            ? new()
            {
                ModelBindingData = new()
                {
                    Version = "1.0",
                    Source = "AzureStorageQueues",
                    ContentType = "application/json",
                    Content = ByteString.CopyFrom(BinaryData.FromObjectAsJson(message).ToMemory().Span),
                },
            }
            : new() { String = message.Body.ToString() };

    /// <summary>The message with its body decoded; null when it cannot be.</summary>
    public static QueueMessage? Decode(QueueMessage message, bool isBase64)
    {
        if (!isBase64)
        {
            return message;
        }

        var text = message.Body.ToString();
        var bytes = new byte[text.Length];
        return !text.AsSpan().ContainsAny(Spaces) && Convert.TryFromBase64String(text, bytes, out var length)
            ? QueuesModelFactory.QueueMessage(
                message.MessageId,
                message.PopReceipt,
                BinaryData.FromBytes(bytes.AsMemory(0, length)),
                message.DequeueCount,
                message.NextVisibleOn,
                message.InsertedOn,
                message.ExpiresOn
            )
            : null;
    }
}
