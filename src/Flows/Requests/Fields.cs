using System.Globalization;
using System.Text.Json;

namespace Flows;

/// <summary>
/// One JSON object of a request, read field by field. A wrong field is noted with its pointer and read as null, so
/// that reading goes on and finds the others.
/// </summary>
internal sealed class Fields(JsonElement json, string pointer, FieldErrors errors)
{
    public string At(string name) => $"{pointer}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";

    /// <summary>Notes every field that has none of these names: a mistyped name must not be silently ignored.</summary>
    public void AllowOnly(params ReadOnlySpan<string> names)
    {
        foreach (var property in json.EnumerateObject())
        {
            if (!names.Contains(property.Name))
            {
                errors.Value(At(property.Name), "This field is not known here.");
            }
        }
    }

    public void Refuse(string name, string why)
    {
        if (Find(name) is not null)
        {
            errors.Value(At(name), why);
        }
    }

    public void Require(string name)
    {
        if (Find(name) is null)
        {
            errors.Shape(At(name), "This field is required.");
        }
    }

    public string? Text(string name, int maxLength = 512)
    {
        var text = Read(name, JsonValueKind.String, "a string")?.GetString();
        if (text is not null && (text.Length > maxLength || string.IsNullOrWhiteSpace(text)))
        {
            errors.Value(At(name), $"Must be 1 to {maxLength} characters.");
            return null;
        }

        return text;
    }

    public long? Integer(string name)
    {
        var number = Read(name, JsonValueKind.Number, "a whole number");
        if (number is not { } given)
        {
            return null;
        }

        // 101.0 and 1e2 are refused: an amount is a count of minor units, never a fraction.
        if (long.TryParse(given.GetRawText(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
        {
            return value;
        }

        errors.Shape(At(name), "Must be a whole number without decimals.");
        return null;
    }

    public long? Integer(string name, long min, long max)
    {
        var value = Integer(name);
        if (value < min || value > max)
        {
            errors.Value(At(name), string.Create(CultureInfo.InvariantCulture, $"Must be {min} to {max}."));
            return null;
        }

        return value;
    }

    public bool? Boolean(string name)
    {
        if (Find(name) is not { } given)
        {
            return null;
        }

        if (given.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return given.GetBoolean();
        }

        errors.Shape(At(name), "Must be true or false.");
        return null;
    }

    public DateTimeOffset? Instant(string name)
    {
        if (Read(name, JsonValueKind.String, "an ISO 8601 date-time with an offset") is not { } given)
        {
            return null;
        }

        var text = given.GetString()!;
        var hasOffset = text.EndsWith('Z') || (text.Length > 19 && text.LastIndexOfAny(['+', '-']) > 10);
        if (hasOffset && given.TryGetDateTimeOffset(out var instant))
        {
            return instant.ToUniversalTime();
        }

        errors.Shape(At(name), "Must be an ISO 8601 date-time with an offset, like 2026-01-31T09:00:00+09:00.");
        return null;
    }

    /// <summary>One of PPRO's upper-case words.</summary>
    public T? Word<T>(string name)
        where T : struct, Enum
    {
        if (Read(name, JsonValueKind.String, "a string")?.GetString() is not { } text)
        {
            return null;
        }

        foreach (var value in Enum.GetValues<T>())
        {
            if (Words.Of(value) == text)
            {
                return value;
            }
        }

        errors.Value(At(name), "Must be one of " + string.Join(", ", Enum.GetValues<T>().Select(Words.Of)) + ".");
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

    /// <summary>PPRO's <c>labels</c>: at most 50 pairs, keys of 50 and values of 200 characters (PPRO §2).</summary>
    public void Labels(string name)
    {
        if (Read(name, JsonValueKind.Object, "an object") is not { } given)
        {
            return;
        }

        var pairs = given.EnumerateObject().ToList();
        if (pairs.Count > 50 || pairs.Any(pair => pair.Name.Length > 50
            || pair.Value.ValueKind is not JsonValueKind.String || pair.Value.GetString()!.Length > 200))
        {
            errors.Value(At(name), "At most 50 labels, with keys of 50 and text values of 200 characters.");
        }
    }

    private JsonElement? Find(string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null ? value : null;

    private JsonElement? Read(string name, JsonValueKind kind, string what)
    {
        if (Find(name) is not { } value || value.ValueKind == kind)
        {
            return Find(name);
        }

        errors.Shape(At(name), $"Must be {what}.");
        return null;
    }
}
