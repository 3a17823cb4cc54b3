using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Flows.Replies;

/// <summary>An HTTP answer in plain values, so that a flow can be run and tested without a web server.</summary>
public sealed record Reply(int Status)
{
    public string? ContentType { get; init; }

    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The new resource's path.</summary>
    public string? Location { get; init; }

    /// <summary>Seconds after which asking again makes sense.</summary>
    public int? RetryAfter { get; init; }

    public static Reply Json<T>(int status, T body, JsonTypeInfo<T> type) =>
        new(status) { ContentType = "application/json", Body = JsonSerializer.SerializeToUtf8Bytes(body, type) };
}
