using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;

namespace LocalHost.Settings;

/// <summary>
/// <c>local.settings.json</c>, or the sample when there is none: its <c>Values</c> stand for the app settings of
/// Azure, under everything else. It lies beside the app or in a folder above.
/// </summary>
internal static partial class LocalSettingsFile
{
    private static readonly string[] Files = ["local.settings.json", "local.settings.sample.json"];

    /// <summary>
    /// Adds the values and returns the folder that relative paths count from, and the names of the values.
    /// </summary>
    public static (string Root, IReadOnlyCollection<string> Names) AddTo(
        IConfigurationManager configuration,
        string appFolder
    )
    {
        if (Find(appFolder) is not { } file)
        {
            return (appFolder, []);
        }

        var values = Resolve(ReadValues(file), configuration, Path.GetFileName(file));
        configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = values });
        return (Path.GetDirectoryName(file)!, values.Keys);
    }

    private static string? Find(string appFolder)
    {
        for (var folder = new DirectoryInfo(appFolder); folder is not null; folder = folder.Parent)
        {
            if (Files.Select(name => Path.Combine(folder.FullName, name)).FirstOrDefault(File.Exists) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>
    /// <c>%Name%</c> in a value stands for the setting of that name, wherever it is set: what is said once is changed
    /// in one place. Settings of the environment and the command line are taken as they are.
    /// </summary>
    private static Dictionary<string, string?> Resolve(
        Dictionary<string, string?> values,
        IConfigurationManager configuration,
        string file
    )
    {
        return values.ToDictionary(
            it => it.Key,
            it => it.Value is { } value ? Reference().Replace(value, match => Of(it.Key, match)) : null,
            StringComparer.OrdinalIgnoreCase
        );

        string Of(string name, Match match)
        {
            var other = match.Groups[1].Value.Replace("__", ":", StringComparison.Ordinal);
            var value = configuration[other] ?? values.GetValueOrDefault(other);
            return value is { Length: > 0 } && !Reference().IsMatch(value)
                ? value
                : throw new LocalHostException(
                    $"{file}: {name} names {match.Value}, and there is no such setting with a value of its own."
                );
        }
    }

    [GeneratedRegex("%([A-Za-z][A-Za-z0-9_:]*)%")]
    private static partial Regex Reference();

    private static Dictionary<string, string?> ReadValues(string file)
    {
        var options = new JsonDocumentOptions
        {
            CommentHandling = JsonCommentHandling.Skip,
            AllowTrailingCommas = true,
        };
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(file), options);
            var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
            foreach (var value in document.RootElement.GetProperty("Values").EnumerateObject())
            {
                values[value.Name.Replace("__", ":", StringComparison.Ordinal)] = value.Value.ToString();
            }

            return values;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new LocalHostException($"{Path.GetFileName(file)} must be a JSON object with an object Values.", e);
        }
    }
}
