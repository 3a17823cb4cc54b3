using System.Text.Json;

namespace Ppro;

/// <summary>
/// JSON from outside, by its bytes. What names a member twice says two things, and nobody knows which of them its
/// sender meant: it is not read. A byte order mark says nothing and is read over.
/// </summary>
public static class JsonBytes
{
    private const int MaxDepth = 64;

    private static readonly JsonDocumentOptions Unambiguous = new()
    {
        MaxDepth = MaxDepth,
        AllowDuplicateProperties = false,
    };

    private static ReadOnlySpan<byte> Mark => "\ufeff"u8;

    /// <summary>Behind a byte order mark; all of it where there is none.</summary>
    public static ReadOnlyMemory<byte> BehindMark(ReadOnlyMemory<byte> bytes) =>
        bytes.Span.StartsWith(Mark) ? bytes[Mark.Length..] : bytes;

    /// <summary>Throws when it is no JSON, is ambiguous, or has a name that is no text.</summary>
    internal static JsonDocument Parse(ReadOnlyMemory<byte> bytes) =>
        JsonDocument.Parse(BehindMark(bytes), Unambiguous);
}
