using System.Security.Cryptography;
using System.Text.Json;
using Flows.Replies;
using Ppro;

namespace Flows.Requests;

/// <summary>A request's body as it came: bounded, hashed, and parsed once.</summary>
public sealed class RequestBody : IDisposable
{
    /// <summary>64 KiB: far above any sensible request, far below what would hurt.</summary>
    public const int MaxBytes = 64 * 1024;

    private const string HalfACharacter = "The body has a text with half a surrogate pair, which is no text.";

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    private readonly JsonDocument document;

    private RequestBody(JsonDocument document, string hash) => (this.document, Hash) = (document, hash);

    public JsonElement Json => document.RootElement;

    /// <summary>SHA-256 of the bytes as they came: the same key must bring the same body.</summary>
    public string Hash { get; }

    /// <summary>The body of a request that may carry the caller's key, or the problem with either.</summary>
    public static (RequestBody? Body, Reply? Problem) Parse(ReadOnlyMemory<byte>? bytes, string? idempotencyKey) =>
        CallersKey.IsValid(idempotencyKey) ? Parse(bytes) : (null, Problems.InvalidKey(CallersKey.MaxLength));

    /// <summary>The body, or the problem with it.</summary>
    public static (RequestBody? Body, Reply? Problem) Parse(ReadOnlyMemory<byte>? bytes)
    {
        if (bytes is not { } given)
        {
            return (null, Problems.BodyTooLarge(MaxBytes));
        }

        try
        {
            var document = JsonDocument.Parse(JsonBytes.BehindMark(given), Strict);
            if (document.RootElement.ValueKind is JsonValueKind.Object && !IsText(document.RootElement))
            {
                document.Dispose();
                return (null, Problems.MalformedJson(HalfACharacter));
            }

            if (document.RootElement.ValueKind is JsonValueKind.Object)
            {
                return (new(document, Convert.ToHexStringLower(SHA256.HashData(given.Span))), null);
            }

            document.Dispose();
            return (null, Problems.MalformedJson("The body must be a JSON object."));
        }
        catch (InvalidOperationException)
        {
            return (null, Problems.MalformedJson(HalfACharacter));
        }
        catch (JsonException e)
        {
            return (
                null,
                Problems.MalformedJson(
                    e.LineNumber is { } line
                        ? $"The body is not JSON: see line {line + 1}, byte {e.BytePositionInLine}."
                        : "The body names a member twice."
                )
            );
        }
    }

    /// <summary>JSON's grammar allows an escape of half a character, which cannot be read as text.</summary>
    private static bool IsText(JsonElement root)
    {
        try
        {
            Visit(root);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }

        static void Visit(JsonElement json)
        {
            switch (json.ValueKind)
            {
                case JsonValueKind.String:
                    _ = json.GetString();
                    break;
                case JsonValueKind.Array:
                    json.EnumerateArray().ToList().ForEach(Visit);
                    break;
                case JsonValueKind.Object:
                    foreach (var property in json.EnumerateObject())
                    {
                        _ = property.Name;
                        Visit(property.Value);
                    }

                    break;
            }
        }
    }

    public void Dispose() => document.Dispose();
}
