using TestKit;

namespace EndToEnd.Tests;

/// <summary>Tests that share one Azurite and one running app; each makes agreements of its own.</summary>
[CollectionDefinition(Name)]
public sealed class EndToEndCollection : ICollectionFixture<RunningApp>
{
    public const string Name = "The running app";
}

/// <summary>Tests that are mostly about time that passes, with an Azurite and an app of their own.</summary>
[CollectionDefinition(Name)]
public sealed class PassingTimeCollection : ICollectionFixture<RunningApp>
{
    public const string Name = "The app as time passes";
}

/// <summary>The app on real parts: Azurite, the simulator, HTTP.</summary>
public sealed class RunningApp : IAsyncLifetime
{
    private readonly AzuriteFixture azurite = new();

    public LocalApp App { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        await azurite.InitializeAsync();
        App = await LocalApp.StartAsync(azurite.NewConnectionString());
    }

    /// <summary>Another app with a clock, books and storage of its own.</summary>
    public Task<LocalApp> StartAnotherAsync(params IEnumerable<(string Name, string Value)> settings) =>
        LocalApp.StartAsync(azurite.NewConnectionString(), settings);

    public async Task DisposeAsync()
    {
        await App.DisposeAsync();
        await azurite.DisposeAsync();
    }
}
