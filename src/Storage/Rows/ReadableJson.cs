using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;

namespace Storage;

/// <summary>
/// JSON for our columns: Hangul, emoji and the rest of Unicode as they are, so that people can read a row and a
/// character takes one place instead of six. Only quotes, backslashes and control characters are escaped.
/// </summary>
internal static partial class ReadableJson
{
    private static readonly StorageJson Readable = new(
        new(StorageJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
    );

    public static string Of<T>(T value, JsonTypeInfo<T> type)
    {
        var readable = (JsonTypeInfo<T>)Readable.GetTypeInfo(type.Type)!;
        var text = JsonSerializer.Serialize(value, readable);
        return text.Contains("\\u", StringComparison.Ordinal) ? Escape().Replace(text, Unescape) : text;
    }

    /// <summary>
    /// The most relaxed encoder still escapes what lies beyond 16 bits, which is every emoji, and some spaces. Of a
    /// pair both halves are unescaped; the encoder leaves no half alone.
    /// </summary>
    private static string Unescape(Match escape) =>
        escape.Groups[1] is { Success: true, Value: var digits }
        && (char)int.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture) is var character
        && !char.IsControl(character)
        && character is not ('\ufffe' or '\uffff')
            ? character.ToString()
            : escape.Value;

    [GeneratedRegex(@"\\(?:u([0-9A-F]{4})|.)")]
    private static partial Regex Escape();
}
