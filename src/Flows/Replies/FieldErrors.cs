namespace Flows.Replies;

/// <summary>
/// Everything that is wrong with a request, by JSON pointer (RFC 6901), so that all of it is said at once.
/// </summary>
public sealed class FieldErrors
{
    private readonly SortedDictionary<string, string> byPointer = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> ByPointer => byPointer;

    public bool Any => byPointer.Count > 0;

    /// <summary>
    /// True when a field has the wrong type or is missing (400); otherwise values are out of bounds (422).
    /// </summary>
    public bool HasShapeErrors { get; private set; }

    public void Shape(string at, string message)
    {
        HasShapeErrors = true;
        byPointer.TryAdd(at, message);
    }

    public void Value(string at, string message) => byPointer.TryAdd(at, message);
}
