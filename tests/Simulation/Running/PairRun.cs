namespace Simulation.Tests;

/// <summary>
/// The scripted life with two faults: every fault at every effect, and with each of them every fault at each of the
/// next ten effects.
/// </summary>
internal static class PairRun
{
    private const int Within = 10;
    private const int ShownFailures = 10;

    public static int Run(int every, TimeSpan time)
    {
        var (progress, summary) = (new Progress("pairs"), new Summary());
        IReadOnlyList<PlannedFault> firsts = [.. ScriptedLife.SingleFaults().Where((_, index) => index % every is 0)];
        var (done, pairs) = (0, 0L);
        Fleet.Run(firsts, PairsWith, null);
        Progress.Say(summary.Draw($"pairs of {done} of {firsts.Count} first faults", progress.Elapsed));
        return summary.Broken.Count is 0 ? 0 : 1;

        Verdict PairsWith(PlannedFault first)
        {
            foreach (var second in Enough() ? [] : SecondsAfter(first))
            {
                Note(ScriptedLife.Run(first, second));
            }

            Interlocked.Add(ref done, Enough() ? 0 : 1);
            return Verdict.Kept;
        }

        bool Enough() => progress.Elapsed >= time || summary.Broken.Count >= ShownFailures;

        void Note(Verdict verdict)
        {
            lock (summary)
            {
                summary.Add(verdict);
                pairs++;
                progress.Draw(
                    Math.Max((double)done / firsts.Count, progress.Elapsed / time),
                    pairs,
                    summary.Broken.Count
                );
                if (verdict.Violation is not null)
                {
                    Progress.Say(verdict.Report);
                }
            }
        }
    }

    public static int Replay(string pair) =>
        SeedRun.Show(
            History.Run(
                ScriptedLife.Plan() with
                {
                    KeepsTimeline = true,
                },
                new PlannedFaults([.. pair.Split(',').Select(PlannedFault.Parse)])
            ) with
            {
                Pair = pair,
            }
        );

    /// <summary>What can go wrong soon after the first fault, in the history which that one makes.</summary>
    private static IEnumerable<PlannedFault> SecondsAfter(PlannedFault first)
    {
        var seen = new PlannedFaults([first]);
        History.Run(ScriptedLife.Plan(), seen);
        return seen
            .Effects.Select((effect, index) => (effect, Number: index + 1))
            .Skip(first.Effect)
            .Take(Within)
            .SelectMany(it => PossibleFaults.At(it.effect).Select(fault => new PlannedFault(it.Number, fault)));
    }
}
