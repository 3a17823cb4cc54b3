using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace LocalHost.Settings;

/// <summary>Settings of ours as what they mean; what is wrong is told by its name, and with what is right.</summary>
internal static class SettingValues
{
    private const int MostPort = 65_535;

    public static int Port(this IConfigurationSection section, string name, int fallback, int most = MostPort) =>
        section[name] is not { Length: > 0 } text ? fallback
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
        && port is > 0
        && port <= most
            ? port
        : throw Wrong(section, name, $"a port from 1 to {most}");

    public static bool Flag(this IConfigurationSection section, string name) =>
        section[name] is { Length: > 0 } text
        && (bool.TryParse(text, out var flag) ? flag : throw Wrong(section, name, "true or false"));

    /// <summary>A length of time above nothing, at most seven days: as long as a queue keeps a message.</summary>
    public static TimeSpan Span(this IConfigurationSection section, string name, TimeSpan fallback) =>
        section[name] is not { Length: > 0 } text ? fallback
        : TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span)
        && span > TimeSpan.Zero
        && span <= TimeSpan.FromDays(7)
            ? span
        : throw Wrong(section, name, "a time like 00:10:00, above zero and at most seven days");

    /// <summary>An address of this machine, with its port.</summary>
    public static Uri Url(this IConfigurationSection section, string name, string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.Port > 0
            ? url
            : throw Wrong(section, name, "an address like http://127.0.0.1:7072");

    public static LocalHostException Wrong(IConfigurationSection section, string name, string right)
    {
        var path = $"{section.Path}:{name}".Replace(":", "__", StringComparison.Ordinal);
        return new($"{path} must be {right}, and is '{section[name]}'.");
    }
}
