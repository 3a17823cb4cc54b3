using Azure.Core;
using Azure.Identity;
using Flows.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Storage;

namespace Functions;

/// <summary>Ties the journey to this host: its storage account, its clock, its container.</summary>
public static class AppRegistration
{
    private const string Account = "AzureWebJobsStorage";

    public static IServiceCollection AddApp(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        StorageAtStart.AddIfAsked(services, configuration);
        return services
            .AddSingleton<ClockWatch>()
            .AddSingleton(provider => Connect(configuration, provider.GetRequiredService<ClockWatch>()))
            .AddSingleton<ITables>(provider => new AzureTables(provider.GetRequiredService<StorageClients>().Tables))
            .AddSingleton<IQueues>(provider => new AzureQueues(provider.GetRequiredService<StorageClients>().Queues))
            .AddFlows();
    }

    /// <summary>
    /// The settings that the Functions host itself reads: a connection string locally, an identity in Azure.
    /// </summary>
    private static StorageClients Connect(IConfiguration configuration, ClockWatch clockWatch) =>
        configuration[$"{Account}:accountName"] is { } name
            ? StorageClients.Connect(
                new Uri($"https://{name}.table.core.windows.net"),
                new Uri($"https://{name}.queue.core.windows.net"),
                CredentialOf(configuration[$"{Account}:clientId"]),
                clockWatch
            )
            : StorageClients.Connect(
                configuration[Account]
                    ?? throw new InvalidOperationException(
                        $"{Account} is not set: a connection string, or {Account}__accountName."
                    ),
                clockWatch
            );

    private static TokenCredential CredentialOf(string? clientId) =>
        new ManagedIdentityCredential(
            clientId is null ? ManagedIdentityId.SystemAssigned : ManagedIdentityId.FromUserAssignedClientId(clientId)
        );
}
