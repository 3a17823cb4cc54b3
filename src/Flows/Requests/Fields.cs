using System.Globalization;
using System.Text.Json;
using Flows.Replies;

namespace Flows.Requests;

/// <summary>
/// One JSON object of a request, read field by field. A wrong field is noted with its pointer and read as null, so
/// that reading goes on and finds the others.
/// </summary>
internal sealed partial class Fields(JsonElement json, string pointer, FieldErrors errors)
{
    public string At(string name) =>
        $"{pointer}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";

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

    /// <summary>
    /// True when the field is there, right or wrong. What follows from a field that is missing is asked here: one that
    /// is wrong is read as null too.
    /// </summary>
    public bool Has(string name) => Find(name) is not null;

    public void Refuse(string name, string why)
    {
        if (Has(name))
        {
            errors.Value(At(name), why);
        }
    }

    public void Require(string name)
    {
        if (!Has(name))
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
        if (
            long.TryParse(
                given.GetRawText(),
                NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture,
                out var value
            )
        )
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

    /// <summary>A day in Seoul: <c>2026-01-31</c>.</summary>
    public DateOnly? Day(string name)
    {
        if (Read(name, JsonValueKind.String, "a day")?.GetString() is not { } text)
        {
            return null;
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }

        errors.Shape(At(name), "Must be a day, like 2026-01-31.");
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

        if (Words.Read<T>(text) is { } value)
        {
            return value;
        }

        errors.Value(At(name), "Must be one of " + string.Join(", ", Enum.GetValues<T>().Select(Words.Of)) + ".");
        return null;
    }

    /// <summary>True when it is given, as null.</summary>
    public bool IsNull(string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Null;

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
