using Flows.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Functions;

/// <summary>Ties the journey to this host: its storage account, its clock, its container.</summary>
public static class AppRegistration
{
    public static IServiceCollection AddApp(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        StorageAtStart.AddIfAsked(services, configuration);
        return services.AddStorage().AddFlows();
    }
}
