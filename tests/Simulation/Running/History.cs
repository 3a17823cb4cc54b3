using System.Globalization;

namespace Simulation.Tests;

/// <summary>Runs one history to its end and judges it.</summary>
internal static class History
{
    /// <param name="plan">What it is about.</param>
    /// <param name="faults">What goes wrong in it.</param>
    /// <param name="tooth">A deliberate bug.</param>
    /// <param name="look">Someone who looks at how it ended.</param>
    public static Verdict Run(Plan plan, IFaults faults, Tooth? tooth = null, Action<World>? look = null)
    {
        using var world = new World(plan, faults, tooth ?? Tooth.None);
        world.Lives.AddRange(plan.Lives.Select(life => new Life(world, life)));
        Weather.Plan(world);
        PortalRefunds.Plan(world);
        OddWeather.Plan(world);
        if (plan.ClosesExceptions)
        {
            world.Operator.CloseExceptions();
        }

        world.RunUntil(plan.StartsAt + plan.Trouble);
        world.Settle();
        world.RunUntil(plan.StartsAt + plan.Trouble + plan.Calm);
        LateWords.Judge(world);
        PortalRefunds.Recheck(world);
        OddWeather.Count(world);
        Judgement.Pass(world);
        look?.Invoke(world);
        world.WalkAtLast();
        Stopped.Judge(world);
        world.LookFromThePast(Chance.Stream(plan.Seed, 11).AnySize(TimeSpan.FromMinutes(6), TimeSpan.FromDays(40)));
        AnyOrder.Judge(world);
        return new(
            plan.Seed,
            world.Violation,
            world.Timeline.Hash,
            world.Timeline.Effects,
            world.Timeline.Faults,
            world.Timeline.Happenings,
            world.Timeline.Lines
        );
    }

    /// <summary>The history that a seed stands for.</summary>
    public static Verdict OfSeed(
        int seed,
        Tooth? tooth = null,
        bool keepsTimeline = false,
        Action<World>? look = null
    ) => Run(PlanOf(seed, tooth) with { KeepsTimeline = keepsTimeline }, MixOf(seed, tooth), tooth, look);

    /// <summary>The history of a seed with the faults that a bug needs, and without the bug.</summary>
    public static Verdict WithoutBug(int seed, Tooth tooth) => Run(PlanOf(seed, tooth), MixOf(seed, tooth));

    private static Plan PlanOf(int seed, Tooth? tooth) => (tooth ?? Tooth.None).Favour(Plan.Of(seed));

    private static OddMix MixOf(int seed, Tooth? tooth) =>
        new(
            new FaultMix(Chance.Stream(seed, 8), tooth?.Favours),
            Chance.Stream(seed, 20),
            tooth?.FavouredLies ?? (Rarities.SharesReference(seed) ? AboutShared : null)
        );

    /// <summary>What makes it hard to tell one of two charges under one reference from the other.</summary>
    private static FaultKind[] AboutShared { get; } = [FaultKind.NoAgreement, FaultKind.ForeignHit];
}

/// <summary>What came of a history.</summary>
internal sealed record Verdict(
    int Seed,
    string? Violation,
    ulong Hash,
    int Effects,
    IReadOnlyDictionary<FaultKind, int> Faults,
    IReadOnlyDictionary<Happening, int> Happenings,
    IReadOnlyList<string> Timeline
)
{
    /// <summary>Nothing was broken, and nothing of it is of interest.</summary>
    public static Verdict Kept { get; } =
        new(0, null, 0, 0, new Dictionary<FaultKind, int>(), new Dictionary<Happening, int>(), []);

    /// <summary>The faults of the scripted life, when it was that.</summary>
    public string? Pair { get; init; }

    public string Name =>
        Pair is null ? string.Create(CultureInfo.InvariantCulture, $"seed {Seed}") : $"scripted life with {Pair}";

    /// <summary>What a person needs to see it again.</summary>
    public string Report =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Name}: {Violation}\n  {CommandLine.Command} {(Pair is null ? $"--replay {Seed}" : $"--replay-pair {Pair}")}"
        );
}
