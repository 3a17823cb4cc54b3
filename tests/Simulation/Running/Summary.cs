using System.Globalization;
using System.Text;

namespace Simulation.Tests;

/// <summary>What many histories held.</summary>
internal sealed class Summary
{
    private readonly SortedDictionary<FaultKind, long> faults = [];
    private long effects;

    public List<Verdict> Broken { get; } = [];

    public void Add(Verdict verdict)
    {
        effects += verdict.Effects;
        foreach (var (kind, count) in verdict.Faults)
        {
            faults[kind] = faults.GetValueOrDefault(kind) + count;
        }

        if (verdict.Violation is not null)
        {
            Broken.Add(verdict);
        }
    }

    public string Draw(int first, int histories, TimeSpan elapsed)
    {
        var text = new StringBuilder();
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"{histories} histories (seeds {first} to {first + histories - 1}) in {elapsed:hh\\:mm\\:ss}, "
                + $"{histories / elapsed.TotalSeconds:F0} a second; {effects} effects; {faults.Values.Sum()} faults:"
        );
        foreach (var (kind, count) in faults)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {kind, -20} {count, 10}");
        }

        return text.Append(CultureInfo.InvariantCulture, $"{Broken.Count} histories broke a promise.").ToString();
    }
}
