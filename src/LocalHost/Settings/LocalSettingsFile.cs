using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;

namespace LocalHost.Settings;

/// <summary>
/// <c>local.settings.json</c>, or the sample when there is none: its <c>Values</c> stand for the app settings of
/// Azure, under everything else. It lies beside the app or in a folder above.
/// </summary>
internal static class LocalSettingsFile
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

        var values = ReadValues(file);
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
            return document
                .RootElement.GetProperty("Values")
                .EnumerateObject()
                .ToDictionary(
                    it => it.Name.Replace("__", ":", StringComparison.Ordinal),
                    it => (string?)it.Value.ToString()
                );
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new LocalHostException($"{Path.GetFileName(file)} must be a JSON object with an object Values.", e);
        }
    }
}
