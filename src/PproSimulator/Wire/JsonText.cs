using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace PproSimulator;

/// <summary>JSON as PPRO writes it: compact, times in UTC with milliseconds.</summary>
internal static class JsonText
{
    private static readonly JsonSerializerOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    public static string Of(JsonNode json) => json.ToJsonString(Options);

    public static string Instant(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>A JSON object, or null for anything else.</summary>
    public static JsonObject? ParseObject(ReadOnlyMemory<byte> body)
    {
        try
        {
            var json = Utf8.IsValid(body.Span) ? JsonNode.Parse(body.Span, null, Strict) as JsonObject : null;
            _ = json?.ToJsonString();
            return json;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A text field, or null for anything else.</summary>
    public static string? Text(this JsonNode? json, string name) =>
        json is JsonObject it && it[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    public static Amount? Amount(this JsonNode? json, string name) =>
        json is JsonObject it
        && it[name] is JsonObject amount
        && amount["value"] is JsonValue value
        && value.TryGetValue<long>(out var units)
        && amount.Text("currency") is { } currency
            ? new(units, currency)
            : null;
}
