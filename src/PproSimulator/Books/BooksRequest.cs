using System.Text.Json.Nodes;

namespace PproSimulator;

/// <summary>A call of PPRO's API in plain values, so that the books need no HTTP.</summary>
public sealed record BooksRequest(string Method, string Path, ReadOnlyMemory<byte> Body)
{
    public IReadOnlyDictionary<string, string> Query { get; init; } = new Dictionary<string, string>();

    public string? Authorization { get; init; }

    public string? MerchantId { get; init; }

    public string? IdempotencyKey { get; init; }

    public string? ContentType { get; init; }
}

/// <summary>What the caller hears, or does not.</summary>
public sealed record BooksAnswer(int Status, JsonNode? Body)
{
    public bool IsReplay { get; init; }

    /// <summary>What remains in the bucket, for the rate limit headers.</summary>
    public int Remaining { get; init; }

    /// <summary>The connection breaks instead of this answer.</summary>
    public bool IsLost { get; init; }

    public TimeSpan Delay { get; init; }
}
