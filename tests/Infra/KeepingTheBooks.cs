using Storage;

namespace Infra.Tests;

/// <summary>The storage account is the one that the code expects.</summary>
public sealed class KeepingTheBooks
{
    private const string Type = "Microsoft.Storage/storageAccounts";

    [BicepFact]
    public void Every_table_that_the_code_names_is_made() =>
        Assert.Equal(StoreNames.Tables.Order(), Deployment.Prod.Names($"{Type}/tableServices/tables").Order());

    [BicepFact]
    public void Every_queue_that_the_code_names_is_made() =>
        Assert.Equal(StoreNames.Queues.Order(), Deployment.Prod.Names($"{Type}/queueServices/queues").Order());

    [BicepFact]
    public void No_key_opens_it_and_nothing_in_it_is_public()
    {
        var account = Deployment.Prod.One(Type)["properties"]!;

        Assert.False((bool)account["allowSharedKeyAccess"]!);
        Assert.False((bool)account["allowBlobPublicAccess"]!);
        Assert.True((bool)account["supportsHttpsTrafficOnly"]!);
        Assert.Equal("TLS1_2", (string?)account["minimumTlsVersion"]);
    }

    [BicepFact]
    public void In_prod_it_is_locked_and_over_zones()
    {
        var found = Deployment.Prod.One("Microsoft.Authorization/locks");

        Assert.Equal("CanNotDelete", (string?)found["properties"]!["level"]);
        Assert.Contains($"/{Type}/", (string)found["id"]!, StringComparison.Ordinal);
        Assert.Equal("Standard_ZRS", (string?)Deployment.Prod.One(Type)["sku"]!["name"]);
    }

    [BicepFact]
    public void In_dev_it_is_one_copy_that_may_go()
    {
        Assert.Empty(Deployment.Dev.All("Microsoft.Authorization/locks"));
        Assert.Equal("Standard_LRS", (string?)Deployment.Dev.One(Type)["sku"]!["name"]);
    }
}
