using System.Security.Cryptography;
using System.Text.Json;

namespace Flows;

/// <summary>A request's body as it came: bounded, hashed, and parsed once.</summary>
public sealed class RequestBody : IDisposable
{
    /// <summary>64 KiB: far above any sensible request, far below what would hurt.</summary>
    public const int MaxBytes = 64 * 1024;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    private readonly JsonDocument document;

    private RequestBody(JsonDocument document, string hash) => (this.document, Hash) = (document, hash);

    public JsonElement Json => document.RootElement;

    /// <summary>SHA-256 of the bytes: the same key must bring the same body.</summary>
    public string Hash { get; }

    /// <summary>The body, or the problem with it.</summary>
    public static (RequestBody? Body, Reply? Problem) Parse(ReadOnlyMemory<byte>? bytes)
    {
        if (bytes is not { } given)
        {
            return (null, Problems.BodyTooLarge(MaxBytes));
        }

        try
        {
            var document = JsonDocument.Parse(given, Strict);
            if (document.RootElement.ValueKind is JsonValueKind.Object)
            {
                return (new(document, Convert.ToHexStringLower(SHA256.HashData(given.Span))), null);
            }

            document.Dispose();
            return (null, Problems.MalformedJson("The body must be a JSON object."));
        }
        catch (JsonException e)
        {
            return (
                null,
                Problems.MalformedJson(
                    $"The body is not JSON: see line {e.LineNumber + 1}, byte {e.BytePositionInLine}."
                )
            );
        }
    }

    public void Dispose() => document.Dispose();
}
