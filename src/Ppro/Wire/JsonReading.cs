using System.Globalization;
using System.Text.Json;

namespace Ppro;

/// <summary>
/// Lenient reading: unknown fields are passed over, absent and null are alike, and a field of the wrong type is as
/// good as absent.
/// </summary>
internal static class JsonReading
{
    /// <summary>PPRO's own limit of a text.</summary>
    private const int TextLength = 512;

    private const int WordLength = 64;

    /// <summary>PPRO's are 21 characters and a prefix.</summary>
    private const int IdLength = 128;

    private const int ReferenceLength = 512;
    private const int UrlLength = 8192;

    public static bool IsObject(this JsonElement json) => json.ValueKind is JsonValueKind.Object;

    public static JsonElement? Find(this JsonElement json, string name) =>
        json.IsObject()
        && json.TryGetProperty(name, out var value)
        && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined)
            ? value
            : null;

    /// <summary>
    /// Free text, for people: cut, but not inside a character, and on one line. Nothing may be decided by it.
    /// </summary>
    public static string? Text(this JsonElement json, string name, int maxLength = TextLength) =>
        json.Whole(name, int.MaxValue) is { } text ? OneLine(text, maxLength) : null;

    /// <summary>
    /// A word of one of PPRO's enums. One that is too long is none that we know, and stays so when it is cut.
    /// </summary>
    public static string? Word(this JsonElement json, string name) => json.Text(name, WordLength);

    /// <summary>
    /// An id of PPRO's. One that is too long is as good as absent: cut, it would be the id of something else.
    /// </summary>
    public static string? Id(this JsonElement json, string name) => json.Whole(name, IdLength);

    /// <summary>A reference of ours or of a shop's, whole or absent, as an id.</summary>
    public static string? Reference(this JsonElement json, string name) => json.Whole(name, ReferenceLength);

    /// <summary>An address, whole or absent.</summary>
    public static string? Url(this JsonElement json, string name) => json.Whole(name, UrlLength);

    public static bool? Flag(this JsonElement json, string name) =>
        json.Find(name) is { ValueKind: JsonValueKind.True or JsonValueKind.False } value ? value.GetBoolean() : null;

    /// <summary>Money is a JSON integer and nothing else.</summary>
    public static long? Integer(this JsonElement json, string name) =>
        json.Find(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var number)
            ? number
            : null;

    /// <summary>
    /// One of PPRO's own examples is malformed; such a time is absent. So is one without a whole date, which the
    /// library would complete from today's.
    /// </summary>
    public static DateTimeOffset? Instant(this JsonElement json, string name) =>
        json.Whole(name, WordLength) is [_, _, _, _, '-', _, _, '-', _, _, ..] text
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? instant.ToUniversalTime()
            : null;

    public static IEnumerable<JsonElement> Items(this JsonElement json, string name) =>
        json.Find(name) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray().Where(IsObject) : [];

    /// <summary>A text exactly as it is; one that is empty or longer than this is as good as absent.</summary>
    public static string? Whole(this JsonElement json, string name, int maxLength) =>
        json.Find(name) is { ValueKind: JsonValueKind.String } value
        && TryGetText(value) is { Length: > 0 } text
        && text.Length <= maxLength
            ? text
            : null;

    private static string OneLine(string text, int maxLength)
    {
        var length = Math.Min(text.Length, maxLength);
        var isInsideAPair = length < text.Length && char.IsSurrogatePair(text[length - 1], text[length]);
        return string.Create(
            isInsideAPair ? length - 1 : length,
            text,
            static (line, from) =>
            {
                for (var index = 0; index < line.Length; index++)
                {
                    line[index] = char.IsControl(from[index]) ? ' ' : from[index];
                }
            }
        );
    }

    /// <summary>A string may hold half a surrogate pair, which is no text.</summary>
    private static string? TryGetText(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
