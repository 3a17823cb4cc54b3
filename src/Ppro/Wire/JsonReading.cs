using System.Globalization;
using System.Text.Json;

namespace Ppro;

/// <summary>
/// Lenient reading: unknown fields are passed over, absent and null are alike, and a field of the wrong type is as
/// good as absent.
/// </summary>
internal static class JsonReading
{
    public static bool IsObject(this JsonElement json) => json.ValueKind is JsonValueKind.Object;

    public static JsonElement? Find(this JsonElement json, string name) =>
        json.IsObject()
        && json.TryGetProperty(name, out var value)
        && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined)
            ? value
            : null;

    public static string? Text(this JsonElement json, string name) =>
        json.Find(name) is { ValueKind: JsonValueKind.String } value && TryGetText(value) is { Length: > 0 } text
            ? text
            : null;

    public static bool? Flag(this JsonElement json, string name) =>
        json.Find(name) is { ValueKind: JsonValueKind.True or JsonValueKind.False } value ? value.GetBoolean() : null;

    /// <summary>Money is a JSON integer and nothing else.</summary>
    public static long? Whole(this JsonElement json, string name) =>
        json.Find(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var number)
            ? number
            : null;

    /// <summary>
    /// One of PPRO's own examples is malformed; such a time is absent. So is one without a whole date, which the
    /// library would complete from today's.
    /// </summary>
    public static DateTimeOffset? Instant(this JsonElement json, string name) =>
        json.Text(name) is [_, _, _, _, '-', _, _, '-', _, _, ..] text
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? instant.ToUniversalTime()
            : null;

    public static IEnumerable<JsonElement> Items(this JsonElement json, string name) =>
        json.Find(name) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray().Where(IsObject) : [];

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
