using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Infra.Tests;

/// <summary>With a network of its own the app reaches storage and vault by private addresses, and nobody else does.</summary>
public sealed partial class OneNetwork
{
    private const string Endpoints = "Microsoft.Network/privateEndpoints";
    private const string Networks = "Microsoft.Network/virtualNetworks";

    [BicepFact]
    public void There_is_none_unless_it_is_asked_for()
    {
        Assert.Empty(Deployment.Prod.All(Networks));
        Assert.Empty(Deployment.Prod.All(Endpoints));
    }

    [BicepFact]
    public void What_the_app_reads_has_a_private_address_and_a_name()
    {
        var groups = Deployment
            .Private.All(Endpoints)
            .Select(it => it["properties"]!["privateLinkServiceConnections"]![0]!["properties"]!["groupIds"]![0]!);

        Assert.Equal(["blob", "queue", "table", "vault"], groups.Select(it => (string)it!).Order());
        Assert.Equal(4, Deployment.Private.All("Microsoft.Network/privateDnsZones/virtualNetworkLinks").Count);
        Assert.Equal(4, Deployment.Private.All($"{Endpoints}/privateDnsZoneGroups").Count);
        Assert.Equal(
            ["blob.", "queue.", "table.", "vaultcore.azure.net"],
            Deployment
                .Private.Names("Microsoft.Network/privateDnsZones")
                .Select(it => Zone().Match(it).Groups[1].Value)
                .Order()
        );
    }

    [BicepTheory]
    [InlineData("Microsoft.Storage/storageAccounts")]
    [InlineData("Microsoft.KeyVault/vaults")]
    public void Nobody_else_gets_in(string type)
    {
        Assert.Equal("Disabled", (string?)Deployment.Private.One(type)["properties"]!["publicNetworkAccess"]);
        Assert.Equal("Enabled", (string?)Deployment.Prod.One(type)["properties"]!["publicNetworkAccess"]);
    }

    [BicepFact]
    public void The_app_calls_out_from_a_subnet_that_is_its_own()
    {
        var subnets = Deployment.Private.One(Networks)["properties"]!["subnets"]!.AsArray();
        var app = subnets.Single(it => (string?)it!["name"] is "app")!["properties"]!["delegations"]!.AsArray();

        Assert.Equal("Microsoft.App/environments", (string?)Service(Assert.Single(app)!));
        Assert.NotNull(Deployment.Private.One("Microsoft.Web/sites")["properties"]!["virtualNetworkSubnetId"]);
    }

    private static JsonNode? Service(JsonNode delegation) => delegation["properties"]!["serviceName"];

    /// <summary>Storage's own ending is Azure's to say: it differs between clouds.</summary>
    [GeneratedRegex(@"privatelink\.([a-z.]+)")]
    private static partial Regex Zone();
}
