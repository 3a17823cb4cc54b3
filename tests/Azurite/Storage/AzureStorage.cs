using Storage;
using StorageContract;
using TestKit;

namespace Azurite.Tests;

/// <summary>A test's own table and queue on Azurite.</summary>
internal static class AzureStorage
{
    public static Task<TestStorage> OpenAsync(AzuriteFixture azurite) =>
        OpenAsync(StorageClients.Connect(azurite.NewConnectionString()));

    public static async Task<TestStorage> OpenAsync(StorageClients clients)
    {
        var name = Guid.NewGuid().ToString("N");
        await StorageSetup.EnsureAsync(clients, [$"t{name}"], [$"q{name}"], default);
        return new(
            new AzureTables(clients.Tables),
            new AzureQueues(clients.Queues),
            $"t{name}",
            $"q{name}",
            time => Task.Delay(time)
        );
    }
}
