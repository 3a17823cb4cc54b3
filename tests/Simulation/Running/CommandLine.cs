using System.Diagnostics;
using System.Globalization;

namespace Simulation.Tests;

/// <summary>
/// <c>--seeds N --minutes M [--from S]</c> runs histories until either is reached; <c>--replay S</c> shows one.
/// </summary>
internal static class CommandLine
{
    private const int Batch = 200;
    private const int ShownFailures = 10;
    private const int BarWidth = 30;

    public static int Run(string[] args)
    {
        if (Find(args, "--replay") is { } seed)
        {
            return Replay(seed);
        }

        var watch = Stopwatch.StartNew();
        var (first, seeds) = (Find(args, "--from") ?? 0, Find(args, "--seeds") ?? int.MaxValue);
        var time = TimeSpan.FromMinutes(Find(args, "--minutes") ?? (args.Length is 0 ? 1 : 24 * 60));
        var (done, summary) = (0, new Summary());
        while (done < seeds && watch.Elapsed < time && summary.Broken.Count < ShownFailures)
        {
            var batch = Enumerable.Range(first + done, Math.Min(Batch, seeds - done)).ToList();
            foreach (var broken in Fleet.Run(batch, one => History.OfSeed(one), summary.Add))
            {
                Console.WriteLine($"\r{broken.Report}{new string(' ', BarWidth)}");
            }

            done += batch.Count;
            var share = Math.Max((double)done / seeds, watch.Elapsed / time);
            Draw(share, done, watch.Elapsed);
        }

        Console.WriteLine();
        Console.WriteLine(summary.Draw(first, done, watch.Elapsed));
        return summary.Broken.Count is 0 ? 0 : 1;
    }

    private static int Replay(int seed)
    {
        var verdict = History.OfSeed(seed, keepsTimeline: true);
        Console.WriteLine(string.Join('\n', verdict.Timeline));
        Console.WriteLine(verdict.Violation is null ? $"seed {seed}: every promise was kept" : verdict.Report);
        return verdict.Violation is null ? 0 : 1;
    }

    private static void Draw(double share, int done, TimeSpan elapsed)
    {
        if (Console.IsOutputRedirected)
        {
            return;
        }

        var filled = (int)(BarWidth * Math.Min(1, share));
        var bar = new string('#', filled) + new string('.', BarWidth - filled);
        var rate = done / elapsed.TotalSeconds;
        Console.Write(
            string.Create(CultureInfo.InvariantCulture, $"\r[{bar}] {done} seeds, {rate:F0}/s, {elapsed:hh\\:mm\\:ss} ")
        );
    }

    private static int? Find(string[] args, string name) =>
        Array.IndexOf(args, name) is >= 0 and var index && index + 1 < args.Length
            ? int.Parse(args[index + 1], CultureInfo.InvariantCulture)
            : null;
}
