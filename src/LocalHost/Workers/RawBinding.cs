using System.Text.Json;

namespace LocalHost.Workers;

/// <summary>A binding as the worker writes it: JSON.</summary>
internal sealed class RawBinding
{
    private readonly JsonElement root;

    public RawBinding(string function, string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            root = document.RootElement.Clone();
            (Type, Name) = (root.GetProperty("type").GetString()!, root.GetProperty("name").GetString()!);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new LocalHostException($"Function {function} has a binding that cannot be read: {text}", e);
        }
    }

    public string Type { get; }

    public string Name { get; }

    /// <summary>True when the parameter takes the message itself, not only its text.</summary>
    public bool IsDeferred =>
        root.TryGetProperty("properties", out var properties)
        && properties.TryGetProperty("supportsDeferredBinding", out var value)
        && string.Equals(value.ToString(), "true", StringComparison.OrdinalIgnoreCase);

    public string? Text(string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    public IEnumerable<string> Texts(string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Array
            ? value.EnumerateArray().Select(it => it.GetString()!)
            : [];

    public bool IsSet(string name) => root.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True;
}
