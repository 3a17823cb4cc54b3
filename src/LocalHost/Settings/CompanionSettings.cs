using Microsoft.Extensions.Configuration;

namespace LocalHost.Settings;

/// <summary>A program that runs beside the app: started when nothing answers at its URL.</summary>
public sealed record CompanionSettings(string Name, string Command, string Arguments, Uri Url)
{
    internal static CompanionSettings? Read(IConfigurationSection section) =>
        section is { Value: null }
        && section["Command"] is { Length: > 0 } command
        && section["Url"] is { Length: > 0 } url
            ? new(section["Name"] ?? section.Key, command, section["Arguments"] ?? string.Empty, new(url))
            : null;
}
