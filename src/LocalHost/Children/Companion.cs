using System.Diagnostics;
using LocalHost.Settings;

namespace LocalHost.Children;

/// <summary>
/// A program that the settings want beside the app. It is told where its data belongs and where the clock is, and it
/// ends with us.
/// </summary>
internal static class Companion
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Starts it, until it answers.</summary>
    public static async Task<ChildProcess> BeginAsync(
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
        start.Environment["LocalHost__DataFolder"] = settings.DataFolderOf(companion);
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
