using Azure.Storage.Queues.Models;
using LocalHost.Running;

namespace LocalHost.Queues;

/// <summary>A message in the type that the function asks for.</summary>
internal static class TriggerValue
{
    public static IReadOnlyDictionary<string, object?> None { get; } = new Dictionary<string, object?>();

    public static object Of(FunctionDescriptor function, QueueMessage message) =>
        function.TriggerParameter.ParameterType switch
        {
            var type when type == typeof(QueueMessage) => message,
            var type when type == typeof(BinaryData) => message.Body,
            var type when type == typeof(string) => message.Body.ToString(),
            var type => System.Text.Json.JsonSerializer.Deserialize(message.Body, type)
                ?? throw new InvalidOperationException($"A message is null, and {function.Name} wants a {type.Name}."),
        };
}
