using System.Net;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using TestKit;

namespace EndToEnd.Tests;

/// <summary>
/// What <c>dotnet publish</c> and <c>dotnet run</c> do; they lean on names of the Functions worker's SDK that are its own.
/// </summary>
public sealed class BuildingTheApp : IDisposable
{
    private static readonly string[] ForTheHost =
    [
        "extensions.json",
        "functions.metadata",
        "host.json",
        "worker.config.json",
    ];

    private readonly string folder = Directory.CreateTempSubdirectory("built-").FullName;

    private static string Configuration => Path.GetFileName(Path.GetDirectoryName(Programs.Functions))!;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task What_deploys_has_all_that_the_host_reads_and_nothing_of_the_local_host()
    {
        await using var publish = Dotnet("publish", "-o", folder);
        Assert.True(await publish.WaitForExitAsync() is 0, publish.Output);

        var files = Directory
            .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(Path.GetFileName)
            .ToList();
        Assert.All(ForTheHost, file => Assert.Contains(file, files));
        Assert.DoesNotContain(files, file => IsLocal(file!));
        Assert.DoesNotContain(ReferencesOf(Path.Combine(folder, "Functions.dll")), IsLocal);
    }

    [Fact]
    public void The_project_that_the_SDK_generates_is_pinned_and_locked()
    {
        var built = RepositoryRoot.File("src", "Functions", "obj", Configuration, "net10.0", "WorkerExtensions", "obj");
        var assets = JsonNode.Parse(File.ReadAllText(Path.Combine(built, "project.assets.json")))!;
        var restore = assets["project"]!["restore"]!;
        var wanted = assets["project"]!["frameworks"]!["net8.0"]!["dependencies"]!;
        var pins = XDocument.Load(RepositoryRoot.File("extensions.targets")).Descendants("PackageReference").ToList();

        Assert.Equal("true", (string?)restore["restoreLockProperties"]!["restorePackagesWithLockFile"]);
        Assert.EndsWith("extensions.lock.json", (string?)restore["restoreLockProperties"]!["nuGetLockFilePath"]);
        Assert.NotEmpty(pins);
        Assert.All(
            pins,
            pin =>
            {
                var name = (string)(pin.Attribute("Update") ?? pin.Attribute("Include"))!;
                Assert.Equal($"[{(string)pin.Attribute("Version")!}, )", (string?)wanted[name]!["version"]);
            }
        );
        Assert.DoesNotContain("NU1603", assets["logs"]?.ToJsonString() ?? string.Empty, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dotnet_run_starts_everything_without_Core_Tools_and_ends_it()
    {
        var (port, azurite) = (FreePorts.Take(), FreePorts.Take());
        await using var run = Dotnet(
            [
                ("LocalHost__Port", $"{port}"),
                ("LocalHost__AzuritePort", $"{azurite}"),
                ("LocalHost__DataFolder", folder),
                ("LocalHost__Companions__0__Command", string.Empty),
                ("LocalHost__Clocks__0", string.Empty),
            ],
            "run",
            "--project"
        );
        await run.WaitForLineAsync("Listening on ");
        using var http = new HttpClient();
        using var health = await http.GetAsync(new Uri($"http://127.0.0.1:{port}/api/health"));

        await run.DisposeAsync();

        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
        await Eventually.TrueAsync(
            () => Task.FromResult(LocalHost.Children.Ports.IsFree(port) && LocalHost.Children.Ports.IsFree(azurite)),
            $"all of it has ended. {run.Output}"
        );
    }

    private static bool IsLocal(string name) =>
        name.StartsWith("LocalHost", StringComparison.Ordinal)
        || name.StartsWith("PproSimulator", StringComparison.Ordinal)
        || name.StartsWith("Yarp", StringComparison.Ordinal);

    private static IEnumerable<string> ReferencesOf(string dll)
    {
        using var file = new PEReader(File.OpenRead(dll));
        var metadata = file.GetMetadataReader();
        return
        [
            .. metadata.AssemblyReferences.Select(it => metadata.GetString(metadata.GetAssemblyReference(it).Name)),
        ];
    }

    private static LocalProcess Dotnet(string verb, params IEnumerable<string> arguments) =>
        Dotnet([], verb, null, arguments);

    /// <summary>On what the tests' own build has made; without anything that was set for the tests' build.</summary>
    private static LocalProcess Dotnet(
        IEnumerable<(string Name, string Value)> settings,
        string verb,
        string? before,
        params IEnumerable<string> arguments
    )
    {
        var environment = new Dictionary<string, string?> { ["MSBUILDDISABLENODEREUSE"] = "1" };
        foreach (var (name, value) in settings)
        {
            environment[name] = value;
        }

        string[] project = before is null ? [Project] : [before, Project];
        return LocalProcess.Start(verb, environment, [.. project, "--no-build", "-c", Configuration, .. arguments]);
    }

    private static string Project => RepositoryRoot.File("src", "Functions");
}
