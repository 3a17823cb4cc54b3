using LocalHost.Children;
using LocalHost.Settings;

namespace LocalHost.Running;

/// <summary>
/// What local runs leave behind: storage, the companions' books, the clock. They belong together, so they begin anew
/// together.
/// </summary>
internal static class LocalData
{
    /// <summary>Forgets all of it, and nothing else of the data folder.</summary>
    /// <exception cref="LocalHostException">Some of it is in use, or is not on this machine.</exception>
    public static async Task ForgetAsync(HostSettings settings, CancellationToken cancellationToken)
    {
        if (settings.Azurite is not { } azurite)
        {
            throw new LocalHostException(
                "--fresh forgets what is on this machine, and AzureWebJobsStorage is not UseDevelopmentStorage=true."
            );
        }

        await RefuseWhileInUseAsync("Azurite", azurite.TablePort, cancellationToken);
        foreach (var companion in settings.Companions)
        {
            await RefuseWhileInUseAsync(companion.Name, companion.Url.Port, cancellationToken);
            Delete(settings.DataFolderOf(companion));
        }

        Delete(azurite.DataFolder);
        if (settings.ClockFile is { } clock)
        {
            File.Delete(clock);
        }
    }

    private static async Task RefuseWhileInUseAsync(string name, int port, CancellationToken cancellationToken)
    {
        if (await Ports.AnswersAsync(port, cancellationToken))
        {
            throw new LocalHostException(
                $"--fresh cannot forget what {name} keeps while it runs: stop what listens on port {port}."
            );
        }
    }

    private static void Delete(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
