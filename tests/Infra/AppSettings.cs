using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Infra.Tests;

/// <summary>The app's settings as Azure is given them, by name. A setting that is one of many has the number 0.</summary>
internal static partial class AppSettings
{
    private static JsonObject Variables => Compiled.Module("appSettings")["variables"]!.AsObject();

    /// <summary>Those with a value of their own, and the expression that makes it.</summary>
    public static IReadOnlyDictionary<string, string> Values =>
        Variables
            .Select(it => it.Value)
            .OfType<JsonObject>()
            .SelectMany(it => it)
            .ToDictionary(it => it.Key, it => (string)it.Value!);

    /// <summary>Those made from a list.</summary>
    public static IEnumerable<string> Listed =>
        Variables
            .Select(it => it.Value)
            .OfType<JsonValue>()
            .SelectMany(it => Names().Matches(it.ToString()))
            .Select(it => it.Groups[1].Value.Replace("{0}", "0", StringComparison.Ordinal));

    /// <summary>What the parameter files add.</summary>
    public static IEnumerable<string> Further =>
        new[] { Compiled.Dev, Compiled.Prod }
            .Select(it => it["settings"]?["value"])
            .OfType<JsonObject>()
            .SelectMany(it => it.Select(setting => setting.Key));

    public static IEnumerable<string> All => Values.Keys.Concat(Listed).Concat(Further);

    [GeneratedRegex(@"'([A-Za-z]+__[^']+)'")]
    private static partial Regex Names();
}
