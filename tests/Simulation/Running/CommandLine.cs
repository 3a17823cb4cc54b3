using System.Diagnostics;

namespace Simulation.Tests;

internal static class CommandLine
{
    public static int Run(string[] args)
    {
        if (args is ["--replay", var seed])
        {
            var verdict = History.OfSeed(int.Parse(seed, null), keepsTimeline: true);
            Console.WriteLine(string.Join('\n', verdict.Timeline));
            Console.WriteLine(verdict.Report);
            return verdict.Violation is null ? 0 : 1;
        }

        var watch = Stopwatch.StartNew();
        var failed = 0;
        long effects = 0;
        var (from, to) = (int.Parse(args[0], null), int.Parse(args[1], null));
        for (var one = from; one < to && failed < 10; one++)
        {
            var verdict = History.OfSeed(one);
            effects += verdict.Effects;
            if (verdict.Violation is not null)
            {
                failed++;
                Console.WriteLine(verdict.Report);
            }
        }

        Console.WriteLine($"{effects} effects, {watch.Elapsed}, {failed} failed");
        return failed;
    }
}
