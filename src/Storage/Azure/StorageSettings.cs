using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Queues;

namespace Storage;

/// <summary>
/// Which storage account, and as whom: the settings that the Functions host itself reads, in its order. An empty one is
/// absent.
/// </summary>
public sealed class StorageSettings
{
    private const string Name = "AzureWebJobsStorage";
    private static readonly ResourceType Identities = new("Microsoft.ManagedIdentity/userAssignedIdentities");
    private readonly Func<string, string?> setting;
    private readonly List<string> faults = [];

    private StorageSettings(Func<string, string?> setting)
    {
        this.setting = setting;
        ConnectionString = Value(Name);
        if (ConnectionString is null)
        {
            (Tables, Queues) = ReadAddresses();
            Identity = ReadIdentity();
        }
        else if (!CanConnect(ConnectionString))
        {
            faults.Add(
                $"{Name} must be a connection string with tables and queues, like "
                    + "DefaultEndpointsProtocol=https;AccountName=…;AccountKey=…;EndpointSuffix=core.windows.net; "
                    + $"leave it out where {Name}__accountName is set."
            );
        }
    }

    /// <summary>What is wrong, each by its name in app settings and with what is right.</summary>
    public IReadOnlyList<string> Faults => faults;

    /// <summary>It holds a key; where it is set, nothing else counts.</summary>
    public string? ConnectionString { get; }

    public Uri? Tables { get; }

    public Uri? Queues { get; }

    public StorageIdentity Identity { get; } = new(IsManaged: false, null, null);

    /// <param name="setting">A setting by its name, as <c>Section:Name</c>.</param>
    public static StorageSettings Read(Func<string, string?> setting) => new(setting);

    private (Uri? Tables, Uri? Queues) ReadAddresses()
    {
        if (Part("accountName") is { } account)
        {
            return ReadAccount(account);
        }

        string[] services = ["blobServiceUri", "queueServiceUri", "tableServiceUri"];
        if (services.All(it => Part(it) is null))
        {
            faults.Add($"{Name} must be set: a connection string, or {Name}__accountName with an identity.");
            return default;
        }

        var addresses = services.Select(ReadAddress).ToList();
        return (addresses[2], addresses[1]);
    }

    private (Uri? Tables, Uri? Queues) ReadAccount(string account)
    {
        if (account.Length is >= 3 and <= 24 && account.All(it => char.IsAsciiLetterLower(it) || char.IsAsciiDigit(it)))
        {
            return (new($"https://{account}.table.core.windows.net"), new($"https://{account}.queue.core.windows.net"));
        }

        faults.Add($"{Name}__accountName must be the account's name alone: 3 to 24 small letters and digits.");
        return default;
    }

    private Uri? ReadAddress(string service)
    {
        if (
            Uri.TryCreate(Part(service), UriKind.Absolute, out var address)
            && address.Scheme == Uri.UriSchemeHttps
            && address is { Query: "", Fragment: "", UserInfo: "" }
        )
        {
            return address;
        }

        var kind = service[..^"ServiceUri".Length];
        faults.Add(
            $"{Name}__{service} must be an https address like https://shop.{kind}.core.windows.net, beside those of "
                + $"the other services; or set {Name}__accountName in place of all three."
        );
        return null;
    }

    private StorageIdentity ReadIdentity()
    {
        var credential = Part("credential");
        if (credential is not null && !credential.Equals("managedidentity", StringComparison.OrdinalIgnoreCase))
        {
            faults.Add($"{Name}__credential must be managedidentity; leave it out for Azure's default identity.");
        }

        return new(credential is not null, ReadClient(), ReadResource());
    }

    private string? ReadClient()
    {
        var client = Part("clientId");
        if (client is not null && !Guid.TryParse(client, out _))
        {
            faults.Add($"{Name}__clientId must be the client id of a user-assigned identity, a GUID.");
        }

        return client;
    }

    private ResourceIdentifier? ReadResource()
    {
        var resource = Part("managedIdentityResourceId");
        if (resource is not null && Part("clientId") is not null)
        {
            faults.Add($"{Name}__managedIdentityResourceId must be left out where {Name}__clientId is set.");
        }
        else if (
            resource is not null
            && (!ResourceIdentifier.TryParse(resource, out var parsed) || parsed!.ResourceType != Identities)
        )
        {
            faults.Add(
                $"{Name}__managedIdentityResourceId must be like /subscriptions/…/resourceGroups/…/providers/"
                    + $"{Identities}/…."
            );
        }
        else if (resource is not null)
        {
            return new(resource);
        }

        return null;
    }

    private string? Part(string name) => Value($"{Name}:{name}");

    private string? Value(string name) =>
        setting(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value : null;

    /// <summary>Judged by the clients themselves; what they say of it might tell a part of the key.</summary>
    private static bool CanConnect(string connectionString)
    {
        try
        {
            _ = new TableServiceClient(connectionString);
            _ = new QueueServiceClient(connectionString);
            return true;
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }
}
