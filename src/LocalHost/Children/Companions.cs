using System.Diagnostics;
using LocalHost.Settings;

namespace LocalHost.Children;

/// <summary>Starts the programs that run beside the app, where nothing answers at their URL yet.</summary>
internal static class Companions
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task<ChildProcess?> StartAsync(
        CompanionSettings companion,
        HostSettings settings,
        CancellationToken cancellationToken
    )
    {
        if (await Ports.AnswersAsync(companion.Url.Port, cancellationToken))
        {
            return null;
        }

        var child = ChildProcess.Start(
            Command(companion, settings),
            line => Console.WriteLine($"[{companion.Name}] {line}")
        );
        var start = Stopwatch.GetTimestamp();
        while (!await Ports.AnswersAsync(companion.Url.Port, cancellationToken))
        {
            if (child.HasExited || Stopwatch.GetElapsedTime(start) > Patience)
            {
                var said = child.LastLine;
                await child.DisposeAsync();
                throw new LocalHostException($"{companion.Name} did not start at {companion.Url}: {said}");
            }

            await Task.Delay(50, cancellationToken);
        }

        return child;
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
