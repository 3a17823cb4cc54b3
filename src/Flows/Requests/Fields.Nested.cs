using System.Globalization;
using System.Text.Json;

namespace Flows.Requests;

/// <summary>Objects and arrays inside a request, and texts of which more is asked.</summary>
internal sealed partial class Fields
{
    /// <summary>A text on one line, of what can be seen.</summary>
    public string? Line(string name, int maxLength)
    {
        var text = Text(name, maxLength);
        if (text is null || PrintableText.IsLine(text))
        {
            return text;
        }

        errors.Value(At(name), "Must be one line of printable text.");
        return null;
    }

    public Fields? Object(string name) =>
        Read(name, JsonValueKind.Object, "an object") is { } given ? new(given, At(name), errors) : null;

    /// <summary>The objects of an array; items that are no objects are noted.</summary>
    public IReadOnlyList<Fields>? Objects(string name, int maxCount)
    {
        if (Read(name, JsonValueKind.Array, "an array") is not { } given)
        {
            return null;
        }

        var count = given.GetArrayLength();
        if (count is 0 || count > maxCount)
        {
            errors.Value(At(name), $"Must have 1 to {maxCount} items.");
            return null;
        }

        var items = new List<Fields>();
        foreach (var (index, item) in given.EnumerateArray().Index())
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"{At(name)}/{index}");
            if (item.ValueKind is JsonValueKind.Object)
            {
                items.Add(new(item, at, errors));
            }
            else
            {
                errors.Shape(at, "Must be an object.");
            }
        }

        return items;
    }

    /// <summary>PPRO's <c>labels</c>: at most 50 pairs, keys of 50 and values of 200 characters.</summary>
    public void Labels(string name)
    {
        if (Read(name, JsonValueKind.Object, "an object") is not { } given)
        {
            return;
        }

        var pairs = given.EnumerateObject().ToList();
        if (
            pairs.Count > 50
            || pairs.Any(pair =>
                pair.Name.Length > 50
                || pair.Value.ValueKind is not JsonValueKind.String
                || pair.Value.GetString()!.Length > 200
            )
        )
        {
            errors.Value(At(name), "At most 50 labels, with keys of 50 and text values of 200 characters.");
        }
    }
}
