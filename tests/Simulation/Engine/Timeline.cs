using System.Globalization;

namespace Simulation.Tests;

/// <summary>
/// What happened, in order: as a hash always, by which two histories are compared, and as lines when someone wants to
/// read them.
/// </summary>
internal sealed class Timeline(VirtualTime time)
{
    private const ulong Prime = 1_099_511_628_211;
    private readonly List<string> lines = [];

    public bool IsKept { get; init; }

    public ulong Hash { get; private set; } = 14_695_981_039_346_656_037;

    public int Effects { get; private set; }

    public Dictionary<FaultKind, int> Faults { get; } = [];

    public Dictionary<Happening, int> Happenings { get; } = [];

    public IReadOnlyList<string> Lines => lines;

    public string Stamp => string.Create(CultureInfo.InvariantCulture, $"{time.Now:yyyy-MM-dd HH:mm:ss.fff}");

    public void Effect(Actor actor, JourneyKit.Effect effect, Fault fault)
    {
        Effects++;
        Mix(actor.Name);
        Mix(effect.What);
        Mix((ulong)time.Elapsed.Ticks + (ulong)fault.Kind);
        if (fault.Kind is not FaultKind.None)
        {
            Faults[fault.Kind] = Faults.GetValueOrDefault(fault.Kind) + 1;
        }

        if (fault.Kind is FaultKind.FrozenBefore or FaultKind.FrozenAfter && fault.Wait > TimeSpan.FromHours(1))
        {
            Count(Happening.FrozenForHours);
        }

        if (IsKept)
        {
            var wrong = fault.Kind is FaultKind.None ? string.Empty : $"   ** {fault.Kind} {Span(fault)}";
            lines.Add($"{Stamp}  #{Effects, -4} {actor.Name, -26} {effect.What}{wrong}");
        }
    }

    public void Count(Happening happening) => Happenings[happening] = Happenings.GetValueOrDefault(happening) + 1;

    public void Say(string who, string what)
    {
        Mix(who);
        Mix(what);
        if (IsKept)
        {
            lines.Add($"{Stamp}        {who, -26} {what}");
        }
    }

    private static string Span(Fault fault) =>
        fault.Wait > TimeSpan.Zero ? fault.Wait.ToString("c", CultureInfo.InvariantCulture)[..8]
        : fault.TakesHost ? "of the host"
        : string.Empty;

    private void Mix(string text)
    {
        foreach (var letter in text)
        {
            Mix(letter);
        }
    }

    private void Mix(ulong value) => Hash = unchecked((Hash ^ value) * Prime);
}
