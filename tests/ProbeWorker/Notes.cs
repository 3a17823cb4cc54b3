using System.Collections.Concurrent;

namespace ProbeWorker;

/// <summary>What happened in this worker, for a test to ask.</summary>
public sealed class Notes
{
    private readonly ConcurrentQueue<string> lines = new();

    public void Add(string line) => lines.Enqueue(line);

    public IReadOnlyList<string> All => [.. lines];
}
