using LocalHost.Children;
using LocalHost.Settings;

namespace LocalHost.Running;

/// <summary>
/// What local runs leave behind: storage, the companions' books, the clock. They belong together: one run at a time has
/// them, and they begin anew together.
/// </summary>
internal sealed class LocalData(HostSettings settings) : IAsyncDisposable
{
    private FileStream? held;

    /// <summary>There from before the first is forgotten until after the last: a run that died is finished.</summary>
    private string Forgetting => Path.Combine(settings.DataFolder, "forgetting");

    private bool IsOurs => settings.Azurite is not null || settings.Companions.Count > 0;

    /// <summary>Takes the folder for this run, and forgets what is in it where that is asked for.</summary>
    /// <exception cref="LocalHostException">
    /// Another run has it, or some of it is in use, or is not on this machine.
    /// </exception>
    public async Task TakeAsync(CancellationToken cancellationToken)
    {
        if (IsOurs)
        {
            held = Hold();
        }

        if (settings.IsFresh || (IsOurs && File.Exists(Forgetting)))
        {
            await ForgetAsync(cancellationToken);
        }
    }

    public ValueTask DisposeAsync() => held?.DisposeAsync() ?? ValueTask.CompletedTask;

    private FileStream Hold()
    {
        try
        {
            Directory.CreateDirectory(settings.DataFolder);
            var path = Path.Combine(settings.DataFolder, "in-use");
            return new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LocalHostException(
                $"{settings.DataFolder} cannot be taken for this run, another may have it: stop that one, or choose "
                    + $"another folder with LocalHost__DataFolder. ({e.Message})",
                e
            );
        }
    }

    private async Task ForgetAsync(CancellationToken cancellationToken)
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
        }

        await File.WriteAllTextAsync(Forgetting, string.Empty, cancellationToken);
        foreach (var folder in settings.Companions.Select(settings.DataFolderOf).Append(azurite.DataFolder))
        {
            Delete(folder);
        }

        File.Delete(settings.ClockFile ?? Forgetting);
        File.Delete(Forgetting);
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
