namespace Simulation.Tests;

/// <summary>Many histories at once, each on one thread of its own.</summary>
internal static class Fleet
{
    /// <summary>One history, on a thread of its own.</summary>
    public static Verdict RunOne(Func<Verdict> run)
    {
        Verdict? verdict = null;
        Run([0], _ => run(), it => verdict = it);
        return verdict!;
    }

    /// <summary>Runs one after the other, until one breaks a promise.</summary>
    public static Verdict? FirstBroken(IEnumerable<int> seeds, Func<int, Verdict> run)
    {
        Verdict? broken = null;
        var thread = new Thread(
            () => broken = seeds.Select(run).FirstOrDefault(it => it.Violation is not null),
            maxStackSize: 16 * 1024 * 1024
        );
        thread.Start();
        thread.Join();
        return broken;
    }

    /// <summary>Runs them all and returns the ones that broke a promise, in order.</summary>
    public static IReadOnlyList<Verdict> Run<T>(
        IReadOnlyList<T> histories,
        Func<T, Verdict> run,
        Action<Verdict>? ended = null
    )
    {
        var next = -1;
        var broken = new List<Verdict>();
        var threads = Enumerable
            .Range(0, Math.Max(1, Environment.ProcessorCount))
            .Select(_ => new Thread(Work, maxStackSize: 16 * 1024 * 1024))
            .ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return [.. broken.OrderBy(it => it.Seed)];

        void Work()
        {
            while (Interlocked.Increment(ref next) is var index && index < histories.Count)
            {
                var verdict = run(histories[index]);
                lock (broken)
                {
                    ended?.Invoke(verdict);
                    if (verdict.Violation is not null)
                    {
                        broken.Add(verdict);
                    }
                }
            }
        }
    }
}
