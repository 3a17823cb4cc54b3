using PproSimulator;

namespace Simulation.Tests;

/// <summary>What PPRO does in a history that it should never do.</summary>
internal sealed record OddPlan
{
    public static OddPlan None { get; } = new();

    /// <summary>Each befalls the next charge, refund or revocation at its time, or several of them.</summary>
    public IReadOnlyList<PlannedOddity> Oddities { get; init; } = [];

    /// <summary>Reads of agreements lag behind by so much, in the middle third of the trouble.</summary>
    public TimeSpan Lag { get; init; }

    public IReadOnlyList<PlannedRefusal> Refusals { get; init; } = [];

    /// <summary>Declines whose words are so many letters long.</summary>
    public int LongWords { get; init; }

    /// <summary>So many refunds are wanted later by PPRO.</summary>
    public int LaterRefunds { get; init; }

    /// <summary>Someone gives the money of second charges back, in PPRO's portal.</summary>
    public bool RefundsTwins { get; init; }

    /// <summary>A charge becomes two under a reference that the shop chose.</summary>
    public bool TwinsOfShop { get; init; }

    public bool IsNone => Oddities is [] && Refusals is [] && Lag == TimeSpan.Zero && LongWords is 0 && !TwinsOfShop;

    public static OddPlan Of(Random random)
    {
        if (!random.Is(0.3))
        {
            return None;
        }

        var lag = random.AnySize(TimeSpan.FromMinutes(2), TimeSpan.FromDays(1));
        var words = random.Pick(3_000, 11_000, 33_000);
        return new()
        {
            Oddities = [.. Enumerable.Range(0, random.Next(0, 4)).Select(_ => PlannedOddity.Of(random, words))],
            Refusals = random.Is(0.25) ? [PlannedRefusal.Of(random)] : [],
            Lag = random.Is(0.25) ? lag : TimeSpan.Zero,
            LongWords = random.Is(0.2) ? words : 0,
            RefundsTwins = random.Is(0.5),
            LaterRefunds = random.Is(0.3) ? random.Next(1, 4) : 0,
        };
    }
}

/// <param name="At">The share of the trouble that has passed by then.</param>
/// <param name="Oddity">What happens.</param>
/// <param name="Count">How often.</param>
internal sealed record PlannedOddity(double At, Oddity Oddity, int Count)
{
    /// <summary>Of a revocation, of which there may be hundreds: so that an agreement can still be read at all.</summary>
    private const int MostWords = 1_000;

    public static PlannedOddity Of(Random random, int words)
    {
        // Refunds are rarer than charges.
        var kind = random.Pick<string>([.. Oddity.Kinds, .. Oddity.OfRefunds, .. Oddity.OfRefunds]);
        var amount = random.Pick<Amount>(new(990_000, "KRW"), new(1, "KRW"), new(9_900, "USD"));
        var isRevocation = Oddity.OfRevocations.Contains(kind);
        return new(
            random.NextDouble() / 2,
            new(kind)
            {
                After = random.AnySize(TimeSpan.FromMinutes(1), TimeSpan.FromDays(3)),
                Amount = kind is "captureOther" ? amount : null,
                Message = new string('\uc2e4', Math.Min(words, MostWords)),
            },
            isRevocation ? random.Pick(1, 10, 200) : 1
        );
    }
}

/// <param name="At">The share of the trouble that has passed by then.</param>
/// <param name="Status">400 or 401 to everything, or 403 to one agreement.</param>
/// <param name="Lasts">How long.</param>
/// <param name="ReadsToo">Reads are refused too.</param>
internal sealed record PlannedRefusal(double At, int Status, TimeSpan Lasts, bool ReadsToo)
{
    public static PlannedRefusal Of(Random random) =>
        random.Next(3) switch
        {
            0 => new(random.NextDouble(), 400, random.AnySize(Least, TimeSpan.FromHours(40)), random.Is(0.3)),
            1 => new(random.NextDouble(), 403, random.AnySize(Least, TimeSpan.FromDays(5)), random.Is(0.5)),
            _ => new(random.NextDouble() / 2, 401, random.AnySize(Least, TimeSpan.FromHours(40)), true),
        };

    private static TimeSpan Least { get; } = TimeSpan.FromMinutes(30);
}
