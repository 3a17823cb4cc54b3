namespace Infra.Tests;

/// <summary>What differs between trying and living, beside the books and the instances.</summary>
public sealed class TwoEnvironments
{
    [BicepFact]
    public void Dev_speaks_with_the_sandbox_and_prod_with_PPRO()
    {
        Assert.Equal("https://api.sandbox.eu.ppro.com", (string?)Compiled.Dev["pproBaseUrl"]!["value"]);
        Assert.Equal("https://api.eu.ppro.com", (string?)Compiled.Prod["pproBaseUrl"]!["value"]);
    }

    [BicepFact]
    public void Both_may_be_in_one_resource_group()
    {
        string[] named = ["Microsoft.Web/sites", "Microsoft.Storage/storageAccounts", "Microsoft.KeyVault/vaults"];

        Assert.All(named, it => Assert.NotEqual(Deployment.Dev.Names(it), Deployment.Prod.Names(it)));
    }

    [BicepFact]
    public void They_are_in_Korea_where_nothing_else_is_said() =>
        Assert.Equal("koreacentral", (string?)Compiled.Main["parameters"]!["location"]!["defaultValue"]);

    [BicepFact]
    public void Addresses_and_names_are_given_out() =>
        Assert.Equal(
            ["appName", "healthUrl", "storageName", "url", "vaultName", "webhooksUrl", "workspaceName"],
            Compiled.Main["outputs"]!.AsObject().Select(it => it.Key).Order()
        );

    [BicepFact]
    public void A_budget_is_made_once_its_month_is_said() =>
        Assert.Equal(
            "[not(empty(parameters('budgetStartsOn')))]",
            (string?)Compiled.Resource("Microsoft.Consumption/budgets")["condition"]
        );
}
