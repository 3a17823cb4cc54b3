using Storage;

namespace Functions;

/// <summary>
/// Makes the tables and queues at start. Compiled for local runs only: in Azure the deployment makes them.
/// </summary>
public sealed class LocalStorage(StorageClients clients) : ILocalStart
{
    public Task StartAsync(CancellationToken cancellationToken) =>
        StorageSetup.EnsureAsync(clients, StoreNames.Tables, StoreNames.Queues, cancellationToken);
}
