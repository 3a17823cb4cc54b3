using LocalHost.Children;
using Xunit;

namespace TestKit;

/// <summary>
/// One real Azurite for all tests of a run, on free ports and in a folder of its own. Each test takes an account of
/// its own and so sees nothing of the others.
/// </summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    private const int Accounts = 512;
    private readonly string folder = Directory.CreateTempSubdirectory("azurite-").FullName;
    private AzuriteServer? azurite;
    private int taken;

    public string NewConnectionString()
    {
        var account = Interlocked.Increment(ref taken);
        return account <= Accounts
            ? azurite!.ConnectionString(NameOf(account))
            : throw new InvalidOperationException($"All {Accounts} accounts are taken.");
    }

    public async Task InitializeAsync() =>
        azurite = await FreePorts.TryAsync(() =>
            AzuriteServer.StartAsync(
                FreePorts.ForAzurite(folder) with
                {
                    Accounts = [.. Enumerable.Range(1, Accounts).Select(NameOf)],
                },
                CancellationToken.None
            )
        );

    public async Task DisposeAsync()
    {
        await azurite!.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static string NameOf(int account) => $"testaccount{account}";
}
