using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ppro;

/// <summary>JSON as we send it: compact, UTF-8, Korean as it is.</summary>
internal static class BodyBytes
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ReadOnlyMemory<byte> Of(JsonObject body)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Compact))
        {
            body.WriteTo(writer);
        }

        return stream.ToArray();
    }

    /// <summary>Without the fields that are not PPRO's.</summary>
    public static void Strip(JsonObject body, IEnumerable<string> fields)
    {
        foreach (var field in fields)
        {
            body.Remove(field);
        }
    }
}
