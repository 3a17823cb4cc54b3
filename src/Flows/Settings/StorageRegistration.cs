using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Storage;

namespace Flows.Settings;

/// <summary>
/// The storage account, for the host's container. Its clients are made at start, and a wrong setting stops it.
/// </summary>
public static class StorageRegistration
{
    public static IServiceCollection AddStorage(this IServiceCollection services)
    {
        services.AddOptions<StorageStart>().ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<StorageStart>, Check>()
            .AddSingleton<ClockWatch>()
            .AddSingleton(provider => StorageSettings.Read(name => provider.GetRequiredService<IConfiguration>()[name]))
            .AddSingleton(provider =>
                StorageClients.Connect(
                    provider.GetRequiredService<StorageSettings>(),
                    provider.GetRequiredService<ClockWatch>()
                )
            )
            .AddSingleton<ITables>(provider => new AzureTables(provider.GetRequiredService<StorageClients>().Tables))
            .AddSingleton<IQueues>(provider => new AzureQueues(provider.GetRequiredService<StorageClients>().Queues));
    }

    /// <summary>Nothing but the moment at which the settings are judged.</summary>
    private sealed class StorageStart;

    private sealed class Check(StorageSettings settings, IServiceProvider services) : IValidateOptions<StorageStart>
    {
        public ValidateOptionsResult Validate(string? name, StorageStart options)
        {
            if (settings.Faults.Count > 0)
            {
                return ValidateOptionsResult.Fail(settings.Faults);
            }

            services.GetRequiredService<StorageClients>();
            return ValidateOptionsResult.Success;
        }
    }
}
