using System.Globalization;

namespace PproSimulator;

/// <summary>The sandbox's keys in a descriptor: <c>key=value</c> pairs joined by <c>;</c>.</summary>
internal static class Descriptor
{
    public static Dictionary<string, string> Parse(string? descriptor) =>
        (descriptor ?? string.Empty)
            .Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .Where(pair => pair.Length is 2)
            .DistinctBy(pair => pair[0])
            .ToDictionary(pair => pair[0], pair => pair[1]);

    /// <summary><c>10s</c>.</summary>
    public static TimeSpan? Seconds(string? text) =>
        int.TryParse(text?.TrimEnd('s'), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : null;
}
