using Microsoft.Extensions.Configuration;

namespace LocalHost.Settings;

/// <summary>A program that runs beside the app: started when nothing answers at its URL.</summary>
public sealed record CompanionSettings(string Name, string Command, string Arguments, Uri Url)
{
    internal static CompanionSettings? Read(IConfigurationSection section) =>
        section is { Value: null }
        && section["Command"] is { Length: > 0 } command
        && section["Url"] is { Length: > 0 } url
            ? new(NameOf(section), command, section["Arguments"] ?? string.Empty, section.Url("Url", url))
            : null;

    /// <summary>Also the name of its data folder.</summary>
    private static string NameOf(IConfigurationSection section) =>
        (section["Name"] ?? section.Key) is var name && name.Length > 0 && name.All(char.IsAsciiLetterOrDigit)
            ? name
            : throw new LocalHostException($"{section.Path}:Name must be letters and digits.");
}
