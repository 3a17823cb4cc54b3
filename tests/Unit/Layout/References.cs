using System.Xml.Linq;
using TestKit;

namespace Unit.Tests.Layout;

/// <summary>Each project touches only what it may.</summary>
public sealed class References
{
    [Theory]
    [InlineData("Billing", "", "")]
    [InlineData("Ppro", "Billing", "")]
    [InlineData("Storage", "Billing", "Azure.Data.Tables Azure.Storage.Queues")]
    [InlineData("Flows", "Billing Ppro Storage", "Microsoft.Extensions.Hosting.Abstractions Microsoft.Extensions.Http")]
    [InlineData(
        "LocalHost",
        "LocalHostHook",
        "Azure.Storage.Queues Google.Protobuf Grpc.AspNetCore Grpc.Tools NCrontab Yarp.ReverseProxy"
    )]
    [InlineData("LocalHostHook", "", "")]
    [InlineData("PproSimulator", "", "")]
    public void A_project_references_only_what_it_may(string project, string projects, string packages)
    {
        var file = Load(project);

        Assert.Equal(
            Split(projects),
            Included(file, "ProjectReference").Select(it => Path.GetFileNameWithoutExtension(it)!).Order()
        );
        Assert.Equal(Split(packages), Included(file, "PackageReference").Order());
    }

    [Fact]
    public void The_functions_reference_the_journey_and_take_nothing_from_the_host_and_the_simulator()
    {
        var file = Load("Functions");

        Assert.Equal(
            ["Flows", "LocalHost", "PproSimulator"],
            Included(file, "ProjectReference").Select(it => Path.GetFileNameWithoutExtension(it)!).Order()
        );
        Assert.All(
            file.Descendants("ProjectReference").Where(it => Name(it) is not "Flows"),
            it => Assert.Equal("false", it.Attribute("ReferenceOutputAssembly")?.Value)
        );
    }

    [Fact]
    public void The_rules_use_nothing_but_the_base_class_library()
    {
        var references = typeof(Billing.Money).Assembly.GetReferencedAssemblies().Select(it => it.Name!);

        Assert.All(references, name => Assert.StartsWith("System.", name, StringComparison.Ordinal));
        Assert.DoesNotContain(references, name => name is "System.Net.Http" or "System.Threading.Tasks");
    }

    [Fact]
    public void The_journey_knows_no_trigger_and_no_web_server()
    {
        var references = typeof(Flows.Replies.Reply).Assembly.GetReferencedAssemblies().Select(it => it.Name!);

        Assert.DoesNotContain(
            references,
            name =>
                name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)
                || name.StartsWith("LocalHost", StringComparison.Ordinal)
                || name.StartsWith("Microsoft.Azure.Functions", StringComparison.Ordinal)
        );
    }

    private static XDocument Load(string project) =>
        XDocument.Load(RepositoryRoot.File("src", project, $"{project}.csproj"));

    private static IEnumerable<string> Included(XDocument file, string element) =>
        file.Descendants(element).Select(it => it.Attribute("Include")!.Value);

    private static string Name(XElement reference) =>
        Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value);

    private static IEnumerable<string> Split(string names) => names.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
