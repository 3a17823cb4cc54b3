using System.Text.RegularExpressions;
using System.Xml.Linq;
using TestKit;

namespace Unit.Tests.Layout;

/// <summary>
/// The trigger classes are compiled for the Functions worker outside this repository: they may use nothing that only
/// the local host has.
/// </summary>
public sealed partial class BothHosts
{
    /// <summary>What the Functions worker has too, under the same name.</summary>
    private static readonly string[] Shared =
    [
        "AuthorizationLevel",
        "FunctionAttribute",
        "FunctionContext",
        "FunctionDefinition",
        "FunctionsApplication",
        "FunctionsApplicationBuilder",
        "HttpTriggerAttribute",
        "QueueTriggerAttribute",
        "ScheduleStatus",
        "TimerInfo",
        "TimerTriggerAttribute",
    ];

    [Fact]
    public void The_functions_use_nothing_that_only_the_local_host_has()
    {
        var local = typeof(LocalHost.TimerInfo)
            .Assembly.GetExportedTypes()
            .Where(type => type.Namespace is "LocalHost" && !Shared.Contains(type.Name))
            .Select(type => type.Name)
            .Append("LocalHost");
        var word = new Regex($@"\b({string.Join('|', local)})\b");

        Assert.NotEmpty(Shipped());
        Assert.DoesNotContain(Shipped(), file => word.IsMatch(File.ReadAllText(file)));
    }

    [Fact]
    public void The_namespace_is_picked_by_the_project_and_host_json_goes_with_it()
    {
        var project = XDocument.Load(RepositoryRoot.File("src", "Functions", "Functions.csproj"));

        Assert.Equal(["LocalHost"], Usings(project, "Local"));
        Assert.Equal(
            ["Microsoft.Azure.Functions.Worker", "Microsoft.Azure.Functions.Worker.Builder"],
            Usings(project, "Azure")
        );
        var hostJson = project.Descendants("None").Single(it => (string?)it.Attribute("Link") is "host.json");
        Assert.Equal("PreserveNewest", (string?)hostJson.Attribute("CopyToOutputDirectory"));
        Assert.Equal("PreserveNewest", (string?)hostJson.Attribute("CopyToPublishDirectory"));
    }

    private static IEnumerable<string> Usings(XDocument project, string host) =>
        project
            .Descendants("Using")
            .Where(it => (string?)it.Parent!.Attribute("Condition") == $"'$(FunctionsHost)' == '{host}'")
            .Select(it => (string)it.Attribute("Include")!);

    /// <summary>Without what is compiled for local runs only.</summary>
    private static IEnumerable<string> Shipped() =>
        Directory
            .EnumerateFiles(RepositoryRoot.File("src", "Functions"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !NotShipped().IsMatch(file));

    [GeneratedRegex(@"[\\/](bin|obj|Local)[\\/]")]
    private static partial Regex NotShipped();
}
