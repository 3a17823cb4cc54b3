namespace Simulation.Tests;

/// <summary>Histories by seed, until enough of them or of the time has passed.</summary>
internal static class SeedRun
{
    private const int Batch = 500;
    private const int Few = 10;

    /// <param name="first">The first seed.</param>
    /// <param name="seeds">How many, at most.</param>
    /// <param name="time">How long, at most.</param>
    /// <param name="failures">So many broken histories end the run; null for a few.</param>
    public static int Run(int first, int seeds, TimeSpan time, int? failures = null)
    {
        var (progress, summary, done) = (new Progress("seeds"), new Summary(), 0);
        var shown = failures ?? Few;
        while (done < seeds && progress.Elapsed < time && summary.Broken.Count < shown)
        {
            var batch = Enumerable.Range(first + done, Math.Min(Batch, seeds - done)).ToList();
            foreach (var broken in Fleet.Run(batch, seed => History.OfSeed(seed), summary.Add).Take(shown))
            {
                Progress.Say(broken.Report);
            }

            done += batch.Count;
            progress.Draw(Math.Max((double)done / seeds, progress.Elapsed / time), done, summary.Broken.Count);
        }

        Progress.Say(summary.Draw($"seeds {first} to {first + done - 1}", progress.Elapsed));
        return summary.Broken.Count is 0 ? 0 : 1;
    }

    public static int Replay(int seed) => Show(History.OfSeed(seed, keepsTimeline: true));

    public static int Show(Verdict verdict)
    {
        Console.WriteLine(string.Join('\n', verdict.Timeline));
        Console.WriteLine(verdict.Violation is null ? $"{verdict.Name}: every promise was kept" : verdict.Report);
        return verdict.Violation is null ? 0 : 1;
    }
}
