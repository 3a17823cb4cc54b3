using System.Diagnostics;
using LocalHost.Settings;

namespace LocalHost.Children;

/// <summary>
/// A program that runs beside the app, where nothing answers at its URL yet. Should it end by itself, that is said, and
/// it is started again.
/// </summary>
internal sealed class Companion : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private readonly CancellationTokenSource stopping = new();
    private readonly CompanionSettings companion;
    private readonly HostSettings settings;
    private ChildProcess child;
    private Task keeping = Task.CompletedTask;

    private Companion(CompanionSettings companion, HostSettings settings, ChildProcess child) =>
        (this.companion, this.settings, this.child) = (companion, settings, child);

    /// <summary>Null when something answers there already: then it is somebody else's.</summary>
    public static async Task<Companion?> StartAsync(
        CompanionSettings companion,
        HostSettings settings,
        CancellationToken cancellationToken
    )
    {
        if (await Ports.AnswersAsync(companion.Url.Port, cancellationToken))
        {
            return null;
        }

        var child = await BeginAsync(companion, settings, cancellationToken);
        var started = new Companion(companion, settings, child);
        started.Say($"is process {child.Id}");
        started.keeping = started.KeepAsync();
        return started;
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await keeping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await child.DisposeAsync();
        stopping.Dispose();
    }

    private async Task KeepAsync()
    {
        while (true)
        {
            await child.WaitForExitAsync(stopping.Token);
            Say($"ended with code {child.ExitCode} ({child.LastLine}), and is started again");
            await child.DisposeAsync();
            child = await AgainAsync();
            Say($"is process {child.Id}");
        }
    }

    private async Task<ChildProcess> AgainAsync()
    {
        for (var pause = ShortestPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            await Task.Delay(pause, stopping.Token);
            try
            {
                return await BeginAsync(companion, settings, stopping.Token);
            }
            catch (LocalHostException e)
            {
                Say(e.Message);
            }
        }
    }

    private void Say(string what) => Console.WriteLine($"[{companion.Name}] {what}");

    /// <summary>Until it answers.</summary>
    private static async Task<ChildProcess> BeginAsync(
        CompanionSettings companion,
        HostSettings settings,
        CancellationToken cancellationToken
    )
    {
        var child = ChildProcess.Start(
            Command(companion, settings),
            line => Console.WriteLine($"[{companion.Name}] {line}")
        );
        try
        {
            return await child.AnswersAsync([companion.Url.Port], Patience, cancellationToken)
                ? child
                : throw new LocalHostException($"{companion.Name} did not start at {companion.Url}: {child.LastLine}");
        }
        catch
        {
            await child.DisposeAsync();
            throw;
        }
    }

    private static ProcessStartInfo Command(CompanionSettings companion, HostSettings settings)
    {
        var path = PathOf(Path.GetFullPath(companion.Command, settings.RootFolder));
        if (!File.Exists(path))
        {
            throw new LocalHostException(
                $"{companion.Name} was not found at {companion.Command}: build the solution first."
            );
        }

        var arguments = companion.Arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var start = path.EndsWith(".dll", StringComparison.Ordinal)
            ? new ProcessStartInfo("dotnet", [path, .. arguments])
            : new ProcessStartInfo(path, arguments);
        start.Environment["LocalHost__ExitWithParent"] = "true";
        start.Environment["LocalHost__ClockFile"] = settings.ClockFile ?? string.Empty;
        return start;
    }

    /// <summary>
    /// A project's folder stands for its program, built as this one is: <c>bin/{configuration}/{framework}</c>.
    /// </summary>
    private static string PathOf(string command)
    {
        if (!Directory.Exists(command))
        {
            return command;
        }

        var built = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar).Split(Path.DirectorySeparatorChar)[
            ^3..
        ];
        return Path.Combine([command, .. built, $"{Path.GetFileName(command)}.dll"]);
    }
}
