using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using TestKit;

namespace Infra.Tests;

/// <summary>The plan and the app on it.</summary>
public sealed partial class RunningTheApp
{
    private const string Type = "Microsoft.Web/sites";

    [BicepFact]
    public void It_is_the_isolated_worker_on_a_Flex_plan()
    {
        var plan = Deployment.Prod.One("Microsoft.Web/serverfarms");
        var runtime = Config(Deployment.Prod)["runtime"]!;

        Assert.Equal("FC1", (string?)plan["sku"]!["name"]);
        Assert.Equal("dotnet-isolated", (string?)runtime["name"]);
        Assert.Equal(TargetFramework(), $"net{runtime["version"]}");
    }

    [BicepFact]
    public void It_is_deployed_by_its_identity()
    {
        var storage = Config(Deployment.Prod)["deployment"]!["storage"]!;
        var identity = Deployment.Prod.One("Microsoft.ManagedIdentity/userAssignedIdentities")["id"]!;

        Assert.Equal("blobContainer", (string?)storage["type"]);
        Assert.Equal("UserAssignedIdentity", (string?)storage["authentication"]!["type"]);
        Assert.Equal((string?)identity, (string?)storage["authentication"]!["userAssignedIdentityResourceId"]);
    }

    [BicepFact]
    public void In_prod_one_instance_each_waits_for_requests_and_for_events()
    {
        var ready = Ready(Deployment.Prod).Select(it => ((string)it!["name"]!, (int)it["instanceCount"]!));

        Assert.Equal([("http", 1), ("function:ApplyPproEvent", 1)], ready);
        Assert.Contains("ApplyPproEvent", FunctionNames.All);
    }

    [BicepFact]
    public void In_dev_nothing_waits() => Assert.Empty(Ready(Deployment.Dev));

    [BicepFact]
    public void There_are_few_instances()
    {
        Assert.Equal(40, (int)Compiled.Main["parameters"]!["maximumInstanceCount"]!["defaultValue"]!);
        Assert.Equal(40, (int)Config(Deployment.Prod)["scaleAndConcurrency"]!["maximumInstanceCount"]!);
    }

    [BicepFact]
    public void How_instances_are_replaced_can_be_said()
    {
        var strategy = Compiled.Main["parameters"]!["siteUpdateStrategy"]!["allowedValues"]!.AsArray();

        Assert.Equal(["RollingUpdate", "Recreate"], strategy.Select(it => (string)it!));
        Assert.Contains(
            (string?)Config(Deployment.Prod)["siteUpdateStrategy"]!["type"],
            strategy.Select(it => (string?)it)
        );
    }

    /// <summary>The host takes the first 32 characters for the app's id: two apps that share them share their timers.</summary>
    [BicepFact]
    public void Its_name_has_at_most_32_characters()
    {
        var expression = Name().Match((string)Compiled.Main["variables"]!["appName"]!);
        Assert.True(expression.Success);
        var parameters = Compiled.Main["parameters"]!;
        var environments = parameters["environmentName"]!["allowedValues"]!.AsArray().Select(it => (string)it!);
        var longest =
            (int)parameters["name"]!["maxLength"]!
            + environments.Max(it => it.Length)
            + int.Parse(expression.Groups[1].Value)
            + "--".Length;

        Assert.InRange(longest, 1, 32);
        Assert.Equal(32, (int)Compiled.Module("app")["parameters"]!["name"]!["maxLength"]!);
    }

    /// <summary>The one name that the app is told of itself is the one that it has.</summary>
    [BicepFact]
    public void PPRO_is_told_the_address_that_the_app_has() =>
        Assert.Equal(
            "[format('https://{0}/api/webhooks/ppro', variables('host'))]",
            Compiled.Parameter("appSettings", "webhooksUrl")
        );

    private static JsonNode Config(Deployment deployment) => deployment.One(Type)["properties"]!["functionAppConfig"]!;

    private static JsonArray Ready(Deployment deployment) =>
        Config(deployment)["scaleAndConcurrency"]!["alwaysReady"]!.AsArray();

    private static string TargetFramework() =>
        Framework().Match(File.ReadAllText(RepositoryRoot.File("Directory.Build.props"))).Groups[1].Value;

    [GeneratedRegex(
        @"^\[format\('\{0\}-\{1\}-\{2\}', parameters\('name'\), parameters\('environmentName'\), take\(.*, (\d+)\)\)\]$"
    )]
    private static partial Regex Name();

    [GeneratedRegex("<TargetFramework>(.*)</TargetFramework>")]
    private static partial Regex Framework();
}
