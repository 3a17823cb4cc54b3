using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Storage;

namespace Functions;

/// <summary>
/// Makes the tables and queues before anything runs, where the local host says that it is the host. In Azure nobody
/// says so: there the deployment makes them.
/// </summary>
public sealed class StorageAtStart(StorageClients clients) : IHostedLifecycleService
{
    private const string Setting = "LocalHost:IsHost";

    public static void AddIfAsked(IServiceCollection services, IConfiguration configuration)
    {
        if (configuration.GetValue(Setting, false))
        {
            services.AddHostedService<StorageAtStart>();
        }
    }

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        try
        {
            await StorageSetup.EnsureAsync(clients, StoreNames.Tables, StoreNames.Queues, cancellationToken);
        }
        catch (Exception e) when (e is Azure.RequestFailedException or AggregateException)
        {
            throw new InvalidOperationException(
                $"The tables and queues could not be made: {e.Message.Split('\n')[0].Trim()}",
                e
            );
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
