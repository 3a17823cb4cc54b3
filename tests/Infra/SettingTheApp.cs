using Storage;

namespace Infra.Tests;

/// <summary>What is set is what the code reads, and what the code cannot do without is set.</summary>
public sealed class SettingTheApp
{
    /// <summary>What the Functions host reads for itself.</summary>
    private static readonly string[] OfTheHost =
    [
        "APPLICATIONINSIGHTS_AUTHENTICATION_STRING",
        "APPLICATIONINSIGHTS_CONNECTION_STRING",
        "AzureWebJobsStorage__accountName",
        "AzureWebJobsStorage__blobServiceUri",
        "AzureWebJobsStorage__clientId",
        "AzureWebJobsStorage__credential",
        "AzureWebJobsStorage__queueServiceUri",
        "AzureWebJobsStorage__tableServiceUri",
    ];

    private static readonly string[] RefusedByFlex =
    [
        "ENABLE_ORYX_BUILD",
        "FUNCTIONS_EXTENSION_VERSION",
        "FUNCTIONS_WORKER_RUNTIME",
        "FUNCTIONS_WORKER_RUNTIME_VERSION",
        "SCM_DO_BUILD_DURING_DEPLOYMENT",
        "WEBSITE_CONTENTAZUREFILECONNECTIONSTRING",
        "WEBSITE_CONTENTOVERVNET",
        "WEBSITE_CONTENTSHARE",
        "WEBSITE_MAX_DYNAMIC_APPLICATION_SCALE_OUT",
        "WEBSITE_NODE_DEFAULT_VERSION",
        "WEBSITE_RUN_FROM_PACKAGE",
        "WEBSITE_SKIP_CONTENTSHARE_VALIDATION",
        "WEBSITE_TIME_ZONE",
        "WEBSITE_VNET_ROUTE_ALL",
        "WEBSITE_DNS_SERVER",
    ];

    [BicepFact]
    public void No_setting_is_unknown_to_the_code() =>
        Assert.DoesNotContain(AppSettings.All, it => !OfTheHost.Contains(it) && !OptionNames.Knows(it));

    [BicepFact]
    public void Every_setting_that_the_code_cannot_do_without_is_there() =>
        Assert.Empty(OptionNames.Required.Except(AppSettings.Values.Keys));

    [BicepFact]
    public void Operators_can_be_named() =>
        Assert.Equal(["Operators__0__KeySha256", "Operators__0__Name"], AppSettings.Listed.Order());

    [BicepFact]
    public void No_setting_is_one_that_Flex_refuses() =>
        Assert.Empty(
            Compiled
                .Texts(Compiled.Main)
                .Concat(AppSettings.Further)
                .SelectMany(it => RefusedByFlex.Where(refused => it.Contains(refused, StringComparison.Ordinal)))
        );

    [BicepFact]
    public void Storage_is_named_as_our_own_clients_read_it()
    {
        var read = StorageSettings.Read(name =>
            AppSettings.Values.TryGetValue(name.Replace(":", "__", StringComparison.Ordinal), out var value)
                ? AtDeployment(value)
                : null
        );

        Assert.Empty(read.Faults);
        Assert.Null(read.ConnectionString);
        Assert.True(read.Identity.IsManaged);
        Assert.NotNull(read.Identity.ClientId);
    }

    [BicepFact]
    public void All_that_is_set_reaches_the_app()
    {
        var all = (string)Compiled.Module("appSettings")["outputs"]!["all"]!["value"]!;
        var variables = Compiled.Module("appSettings")["variables"]!.AsObject().Select(it => it.Key);
        var given = Compiled.Main["resources"]!["app"]!["properties"]!["parameters"]!["settings"]!["value"];

        Assert.All(variables, it => Assert.Contains($"variables('{it}')", all, StringComparison.Ordinal));
        Assert.Equal("[reference('appSettings').outputs.all.value]", (string?)given);
    }

    /// <summary>What an expression would be in Azure's public cloud.</summary>
    private static string AtDeployment(string value) =>
        value switch
        {
            "[parameters('storageName')]" => "stkakaopay",
            "[parameters('blobEndpoint')]" => "https://stkakaopay.blob.core.windows.net/",
            "[parameters('queueEndpoint')]" => "https://stkakaopay.queue.core.windows.net/",
            "[parameters('tableEndpoint')]" => "https://stkakaopay.table.core.windows.net/",
            "[parameters('identityClientId')]" => "11111111-2222-3333-4444-555555555555",
            _ => value,
        };
}
