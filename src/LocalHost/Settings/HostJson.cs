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
            return new(document.RootElement.Clone());
        }
        catch (JsonException e)
        {
            throw new LocalHostException($"host.json is not JSON: see line {e.LineNumber + 1}.", e);
        }
    }

    public string? GetText(params ReadOnlySpan<string> path) =>
        Find(path) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    public int GetNumber(int fallback, params ReadOnlySpan<string> path) =>
        Find(path) is { ValueKind: JsonValueKind.Number } value ? value.GetInt32() : fallback;

    public TimeSpan GetSpan(TimeSpan fallback, params ReadOnlySpan<string> path) =>
        GetText(path) is { } text ? TimeSpan.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : fallback;

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
