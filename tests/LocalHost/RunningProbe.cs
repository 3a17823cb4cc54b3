using TestKit;

namespace HostTests;

/// <summary>One Azurite and one host with its worker, for the tests that do them no harm.</summary>
public sealed class RunningProbe : IAsyncLifetime
{
    private readonly AzuriteFixture azurite = new();

    public ProbeHost Host { get; private set; } = null!;

    public string Storage { get; private set; } = null!;

    /// <summary>Storage of its own for a host of its own.</summary>
    public string NewStorage() => azurite.NewConnectionString();

    public async Task InitializeAsync()
    {
        await azurite.InitializeAsync();
        Storage = azurite.NewConnectionString();
        Host = await ProbeHost.StartAsync(Storage);
    }

    public async Task DisposeAsync()
    {
        await Host.DisposeAsync();
        await azurite.DisposeAsync();
    }
}

[CollectionDefinition(Name)]
public sealed class ProbeCollection : ICollectionFixture<RunningProbe>
{
    public const string Name = "The probe";
}
