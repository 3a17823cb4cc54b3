using Azure.Core;
using Azure.Identity;

namespace Storage;

/// <summary>
/// As whom storage is asked, as the Functions host decides it: as the managed identity where the settings say so, and
/// otherwise as the first that Azure's default finds.
/// </summary>
public sealed record StorageIdentity(bool IsManaged, string? ClientId, ResourceIdentifier? ResourceId)
{
    public TokenCredential ToCredential() =>
        IsManaged ? new ManagedIdentityCredential(Managed()) : new DefaultAzureCredential(Default());

    private ManagedIdentityId Managed() =>
        (ClientId, ResourceId) switch
        {
            ({ } client, _) => ManagedIdentityId.FromUserAssignedClientId(client),
            (_, { } resource) => ManagedIdentityId.FromUserAssignedResourceId(resource),
            _ => ManagedIdentityId.SystemAssigned,
        };

    /// <summary>What is not set here may be set in the environment, and then counts.</summary>
    private DefaultAzureCredentialOptions Default()
    {
        var options = new DefaultAzureCredentialOptions();
        if (ClientId is not null)
        {
            options.ManagedIdentityClientId = ClientId;
        }

        if (ResourceId is not null)
        {
            (options.ManagedIdentityClientId, options.ManagedIdentityResourceId) = (null, ResourceId);
        }

        return options;
    }
}
