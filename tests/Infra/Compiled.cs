using System.Text.Json.Nodes;

namespace Infra.Tests;

/// <summary>What Azure is given, compiled once for all tests.</summary>
internal static class Compiled
{
    private static readonly Lazy<JsonObject> MainOnce = new(() =>
        JsonNode.Parse(BicepCompiler.Run("build", "main.bicep", "--stdout"))!.AsObject()
    );

    private static readonly Lazy<JsonObject> DevOnce = new(() => CompileParameters("dev"));
    private static readonly Lazy<JsonObject> ProdOnce = new(() => CompileParameters("prod"));

    public static JsonObject Main => MainOnce.Value;

    public static JsonObject Dev => DevOnce.Value;

    public static JsonObject Prod => ProdOnce.Value;

    /// <summary>A module's own template, by its name in <c>main.bicep</c>.</summary>
    public static JsonObject Module(string name) => Main["resources"]![name]!["properties"]!["template"]!.AsObject();

    /// <summary>What <c>main.bicep</c> gives a module.</summary>
    public static string Parameter(string module, string name) =>
        (string)Main["resources"]![module]!["properties"]!["parameters"]![name]!["value"]!;

    /// <summary>All resources of a type, in all modules, each with its template's variables still to be looked up.</summary>
    public static IReadOnlyList<JsonObject> Resources(string type) =>
        [.. All(Main).Where(it => (string?)it["type"] == type)];

    /// <summary>The one resource of a type.</summary>
    public static JsonObject Resource(string type) => Assert.Single(Resources(type));

    /// <summary>Every text in it: the names of properties, and the values.</summary>
    public static IEnumerable<string> Texts(JsonNode? node) =>
        node switch
        {
            JsonObject it => it.SelectMany(property => Texts(property.Value).Prepend(property.Key)),
            JsonArray it => it.SelectMany(Texts),
            JsonValue it => [it.ToString()],
            _ => [],
        };

    /// <summary>Resources are by name where a template is ours, all the way down.</summary>
    private static IEnumerable<JsonObject> All(JsonObject template) =>
        template["resources"]!
            .AsObject()
            .Select(it => it.Value!.AsObject())
            .SelectMany(it => it["properties"]?["template"] is JsonObject inner ? All(inner).Prepend(it) : [it]);

    private static JsonObject CompileParameters(string name)
    {
        var built = JsonNode.Parse(BicepCompiler.Run("build-params", $"{name}.bicepparam", "--stdout"))!;
        return JsonNode.Parse((string)built["parametersJson"]!)!["parameters"]!.AsObject();
    }
}
