using System.Globalization;

namespace Simulation.Tests;

/// <summary>
/// <c>--seeds N --minutes M [--from S]</c> runs histories until either is reached; <c>--pairs [--every K]</c> runs
/// every pair of faults of the scripted life (or those of every K-th first fault); <c>--replay S</c> and
/// <c>--replay-pair P</c> show one.
/// </summary>
internal static class CommandLine
{
    public const string Command = "dotnet run --project tests/Simulation -c Release --";
    private const int AllDay = 24 * 60;

    public static int Run(string[] args)
    {
        var minutes = Number(args, "--minutes");
        if (Text(args, "--replay-pair") is { } pair)
        {
            return PairRun.Replay(pair);
        }

        if (args.Contains("--pairs"))
        {
            return PairRun.Run(Number(args, "--every") ?? 1, TimeSpan.FromMinutes(minutes ?? AllDay));
        }

        return Number(args, "--replay") is { } seed
            ? SeedRun.Replay(seed)
            : SeedRun.Run(
                Number(args, "--from") ?? 0,
                Number(args, "--seeds") ?? int.MaxValue,
                TimeSpan.FromMinutes(minutes ?? (args.Length is 0 ? 1 : AllDay)),
                Number(args, "--failures")
            );
    }

    private static int? Number(string[] args, string name) =>
        Text(args, name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    private static string? Text(string[] args, string name) =>
        Array.IndexOf(args, name) is >= 0 and var index && index + 1 < args.Length ? args[index + 1] : null;
}
