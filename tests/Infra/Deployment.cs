using System.Text.Json.Nodes;

namespace Infra.Tests;

/// <summary>
/// What a parameter file would make in Azure, resource by resource, as the compiler foresees it: only what Azure itself
/// has to answer is still an expression.
/// </summary>
internal sealed class Deployment
{
    private const string Subscription = "11111111-1111-1111-1111-111111111111";

    private static readonly Lazy<Deployment> DevOnce = new(() => new("dev", ""));
    private static readonly Lazy<Deployment> ProdOnce = new(() => new("prod", ""));
    private static readonly Lazy<Deployment> PrivateOnce = new(() => new("prod", "param privateNetwork = true"));

    private readonly List<JsonObject> resources;

    private Deployment(string parameters, string more) => resources = Foresee(parameters, more);

    public static Deployment Dev => DevOnce.Value;

    public static Deployment Prod => ProdOnce.Value;

    /// <summary>As prod, in a network of its own.</summary>
    public static Deployment Private => PrivateOnce.Value;

    public IReadOnlyList<JsonObject> All(string type) => [.. resources.Where(it => (string?)it["type"] == type)];

    public JsonObject One(string type) => Assert.Single(All(type));

    /// <summary>The names, without those of what they are part of.</summary>
    public IEnumerable<string> Names(string type) => All(type).Select(it => ((string)it["name"]!).Split('/')[^1]);

    /// <summary>In a folder of its own, because the compiler writes the answer beside the question.</summary>
    private static List<JsonObject> Foresee(string parameters, string more)
    {
        var folder = Directory.CreateTempSubdirectory("infra-").FullName;
        try
        {
            Copy(BicepCompiler.Folder, folder);
            var file = Path.Combine(folder, $"{parameters}.bicepparam");
            File.AppendAllText(file, $"{more}\n");
            string[] place = ["--subscription-id", Subscription, "--tenant-id", Subscription];
            string[] group = ["--resource-group", "payments", "--location", "koreacentral"];
            BicepCompiler.Run(["snapshot", file, "--mode", "overwrite", .. place, .. group]);
            var foreseen = JsonNode.Parse(File.ReadAllText(Path.ChangeExtension(file, "snapshot.json")))!;
            Assert.Empty(foreseen["diagnostics"]!.AsArray());
            return [.. foreseen["predictedResources"]!.AsArray().Select(it => it!.AsObject())];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
