using System.Globalization;
using System.Reflection;
using System.Text;

namespace Simulation.Tests;

/// <summary>What many histories held.</summary>
internal sealed class Summary
{
    private readonly SortedDictionary<FaultKind, long> faults = [];
    private readonly SortedDictionary<Happening, long> happenings = [];
    private long effects;
    private long histories;

    public IEnumerable<FaultKind> FaultKinds => faults.Keys;

    public IEnumerable<Happening> Happenings => happenings.Keys;

    public List<Verdict> Broken { get; } = [];

    public void Add(Verdict verdict)
    {
        histories++;
        effects += verdict.Effects;
        foreach (var (kind, count) in verdict.Faults)
        {
            faults[kind] = faults.GetValueOrDefault(kind) + count;
        }

        foreach (var (kind, count) in verdict.Happenings)
        {
            happenings[kind] = happenings.GetValueOrDefault(kind) + count;
        }

        if (verdict.Violation is not null)
        {
            Broken.Add(verdict);
        }
    }

    /// <summary>As the build noted it.</summary>
    private static string Commit =>
        typeof(Summary)
            .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
            ?.InformationalVersion.Split('+')
            is [_, { Length: > 12 } sha]
            ? sha[..12]
            : "unknown";

    public string Draw(string which, TimeSpan elapsed)
    {
        var text = new StringBuilder();
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"{DateTimeOffset.UtcNow:yyyy-MM-dd}, commit {Commit}: {histories:N0} histories ({which}) in "
                + $"{elapsed:hh\\:mm\\:ss}, {histories / elapsed.TotalSeconds:F0} a second; {effects:N0} effects; "
                + $"{faults.Values.Sum():N0} faults:"
        );
        foreach (var (kind, count) in faults)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {kind, -20} {count, 12:N0}");
        }

        text.AppendLine("beside them:");
        foreach (var (kind, count) in happenings)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {kind, -20} {count, 12:N0}");
        }

        return text.Append(CultureInfo.InvariantCulture, $"{Broken.Count} histories broke a promise.").ToString();
    }
}
