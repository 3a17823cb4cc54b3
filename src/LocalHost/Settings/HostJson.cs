using System.Globalization;
using System.Text.Json;

namespace LocalHost.Settings;

/// <summary><c>host.json</c>, by path.</summary>
internal sealed class HostJson(JsonElement root)
{
    public static HostJson Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.Exists(path) ? File.ReadAllText(path) : "{}");
            return document.RootElement.ValueKind is JsonValueKind.Object
                ? new(document.RootElement.Clone())
                : throw new LocalHostException("host.json must be a JSON object.");
        }
        catch (JsonException e)
        {
            throw new LocalHostException($"host.json is not JSON: see line {e.LineNumber + 1}.", e);
        }
    }

    public string? GetText(params ReadOnlySpan<string> path) =>
        Find(path) switch
        {
            null or { ValueKind: JsonValueKind.Null } => null,
            { ValueKind: JsonValueKind.String } value => value.GetString(),
            _ => throw Wrong(path, "a text"),
        };

    public int GetNumber(int fallback, int least, int most, params ReadOnlySpan<string> path) =>
        Find(path) is not { } value ? fallback
        : value.ValueKind is JsonValueKind.Number
        && value.TryGetInt32(out var number)
        && number >= least
        && number <= most
            ? number
        : throw Wrong(path, $"a whole number from {least} to {most}");

    public TimeSpan GetSpan(TimeSpan fallback, params ReadOnlySpan<string> path) =>
        GetText(path) is not { } text ? fallback
        : TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) && span >= TimeSpan.Zero ? span
        : throw Wrong(path, "a time like 00:00:30");

    public static LocalHostException Wrong(ReadOnlySpan<string> path, string right) =>
        new($"host.json: {string.Join('.', path!)} must be {right}.");

    private JsonElement? Find(ReadOnlySpan<string> path)
    {
        var at = root;
        foreach (var name in path)
        {
            if (at.ValueKind is not JsonValueKind.Object || !at.TryGetProperty(name, out at))
            {
                return null;
            }
        }

        return at;
    }
}
