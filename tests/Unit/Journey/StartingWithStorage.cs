using Azure.Identity;
using Flows.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Storage;

namespace Unit.Tests.JourneyTests;

/// <summary>
/// The storage account is read from the settings that the Functions host itself reads, and as it reads them: both of
/// them work on one account, as one identity. What is wrong is said at the start.
/// </summary>
public sealed class StartingWithStorage
{
    private const string Key =
        "DefaultEndpointsProtocol=https;AccountName=byKey;AccountKey=c2hvcA==;EndpointSuffix=x.example";
    private const string Client = "clientId=6f1f2a0e-6b0c-4d7e-9a51-0d6b7b1f4a11";
    private const string Resource =
        "managedIdentityResourceId=/subscriptions/6f1f2a0e-6b0c-4d7e-9a51-0d6b7b1f4a11/resourceGroups/shop/providers/"
        + "Microsoft.ManagedIdentity/userAssignedIdentities/shop";
    private const string Blobs = "blobServiceUri=https://b.example/";
    private const string Queues = "queueServiceUri=https://q.example/";
    private const string Tables = "tableServiceUri=https://t.example/";

    [Theory]
    [InlineData("https://bykey.table.x.example/", "=" + Key)]
    [InlineData("https://bykey.table.x.example/", "=" + Key, "accountName=shop", "credential=nonsense")]
    [InlineData("https://shop.table.core.windows.net/", "accountName=shop")]
    [InlineData("https://shop.table.core.windows.net/", "=", "accountName=shop", "clientId=", "credential=")]
    [InlineData("https://shop.table.core.windows.net/", "accountName=shop", Tables, Queues, Blobs)]
    [InlineData("https://t.example/", Tables, Queues, Blobs)]
    [InlineData("https://t.example/", "accountName=", Tables, Queues, Blobs)]
    public void The_first_that_is_set_names_the_account(string tables, params string[] settings)
    {
        using var services = Services(settings);

        services.GetRequiredService<IStartupValidator>().Validate();

        var clients = services.GetRequiredService<StorageClients>();
        Assert.Equal(
            new Uri(tables),
            clients.Tables.Uri,
            (it, other) =>
                it!.ToString().TrimEnd('/').Equals(other!.ToString().TrimEnd('/'), StringComparison.OrdinalIgnoreCase)
        );
        Assert.EndsWith(
            clients.Tables.Uri.Host.Replace("table", "queue").Replace("t.ex", "q.ex"),
            clients.Queues.Uri.Host,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(typeof(DefaultAzureCredential))]
    [InlineData(typeof(DefaultAzureCredential), Client)]
    [InlineData(typeof(DefaultAzureCredential), Resource)]
    [InlineData(typeof(ManagedIdentityCredential), "credential=managedidentity")]
    [InlineData(typeof(ManagedIdentityCredential), "credential=managedIdentity", Client)]
    [InlineData(typeof(ManagedIdentityCredential), "credential=ManagedIdentity", Resource, "clientId=")]
    public void Storage_is_asked_as_the_identity_that_the_host_would_take(Type credential, params string[] settings)
    {
        var read = Read(["accountName=shop", .. settings]);

        Assert.Empty(read.Faults);
        Assert.IsType(credential, read.Identity.ToCredential());
        Assert.Equal(settings.Contains(Client), read.Identity.ClientId is not null);
        Assert.Equal(settings.Contains(Resource), read.Identity.ResourceId is not null);
    }

    [Theory]
    [InlineData("AzureWebJobsStorage", "connection string")]
    [InlineData("AzureWebJobsStorage", "connection string", "=")]
    [InlineData("AzureWebJobsStorage", "connection string", "=nonsense")]
    [InlineData(
        "AzureWebJobsStorage",
        "connection string",
        "=AccountName=shop;AccountKey=c2hvcA==;QueueEndpoint=nowhere"
    )]
    [InlineData("AzureWebJobsStorage__accountName", "24 small letters", "accountName=Shop")]
    [InlineData("AzureWebJobsStorage__accountName", "24 small letters", "accountName=shop.table.core.windows.net")]
    [InlineData("AzureWebJobsStorage__tableServiceUri", "https", Queues, Blobs)]
    [InlineData("AzureWebJobsStorage__queueServiceUri", "https", Tables, Blobs)]
    [InlineData("AzureWebJobsStorage__blobServiceUri", "https", Tables, Queues, "blobServiceUri=")]
    [InlineData("AzureWebJobsStorage__tableServiceUri", "https", "tableServiceUri=http://t.example", Queues, Blobs)]
    [InlineData("AzureWebJobsStorage__queueServiceUri", "https", Tables, "queueServiceUri=q.example", Blobs)]
    [InlineData(
        "AzureWebJobsStorage__blobServiceUri",
        "https",
        Tables,
        Queues,
        "blobServiceUri=https://b.example?sig=x"
    )]
    [InlineData("AzureWebJobsStorage__credential", "managedidentity", "accountName=shop", "credential=workload")]
    [InlineData("AzureWebJobsStorage__clientId", "GUID", "accountName=shop", "clientId=shop")]
    [InlineData(
        "AzureWebJobsStorage__managedIdentityResourceId",
        "/subscriptions/",
        "accountName=shop",
        "managedIdentityResourceId=shop"
    )]
    [InlineData("AzureWebJobsStorage__managedIdentityResourceId", "left out", "accountName=shop", Client, Resource)]
    public void What_is_wrong_stops_the_start_and_is_named_with_what_is_right(
        string setting,
        string right,
        params string[] settings
    )
    {
        using var services = Services(settings);

        var e = Assert.Throws<OptionsValidationException>(() =>
            services.GetRequiredService<IStartupValidator>().Validate()
        );

        var fault = Assert.Single(e.Failures);
        Assert.StartsWith(setting + " must be", fault, StringComparison.Ordinal);
        Assert.Contains(right, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once() =>
        Assert.Equal(3, Read("accountName=Shop", "credential=mine", "clientId=me").Faults.Count);

    [Fact]
    public void No_key_is_told() =>
        Assert.DoesNotContain(
            "hidden",
            Assert.Single(Read("=AccountName=shop;AccountKey=hidden!").Faults),
            StringComparison.Ordinal
        );

    private static StorageSettings Read(params string[] settings)
    {
        var configuration = Configuration(settings);
        return StorageSettings.Read(name => configuration[name]);
    }

    private static ServiceProvider Services(string[] settings) =>
        new ServiceCollection()
            .AddSingleton(Configuration(settings))
            .AddSingleton(TimeProvider.System)
            .AddStorage()
            .BuildServiceProvider();

    /// <summary>Each is <c>name=value</c>, and the connection string has no name.</summary>
    private static IConfiguration Configuration(string[] settings) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(
                settings
                    .Select(it => it.Split('=', 2))
                    .Select(it =>
                        KeyValuePair.Create<string, string?>(
                            it[0] is "" ? "AzureWebJobsStorage" : $"AzureWebJobsStorage:{it[0]}",
                            it[1]
                        )
                    )
            )
            .Build();
}
