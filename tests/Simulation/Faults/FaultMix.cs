using JourneyKit;

namespace Simulation.Tests;

/// <summary>
/// Faults by chance. Each history has its own few kinds and its own rate: where everything goes wrong at once,
/// nothing gets far enough to go wrong in an interesting way.
/// </summary>
internal sealed class FaultMix : IFaults
{
    private static readonly FaultKind[] OfStorage =
    [
        FaultKind.CrashBefore,
        FaultKind.CrashAfter,
        FaultKind.Failed,
        FaultKind.LostAnswer,
        FaultKind.HiddenRetry,
        FaultKind.FrozenBefore,
        FaultKind.FrozenAfter,
    ];

    private static readonly FaultKind[] OfPpro =
    [
        FaultKind.CrashBefore,
        FaultKind.CrashAfter,
        FaultKind.FrozenBefore,
        FaultKind.FrozenAfter,
        FaultKind.Http401,
        FaultKind.Http404,
        FaultKind.Http409,
        FaultKind.Http429,
        FaultKind.Http500,
        FaultKind.Http504,
        FaultKind.Reset,
        FaultKind.LostResponse,
        FaultKind.Http500AfterEffect,
        FaultKind.Slow,
        FaultKind.ArrivesLate,
        FaultKind.Hidden,
        FaultKind.HiddenUntilDone,
    ];

    private readonly Random random;
    private readonly FaultKind[] storage;
    private readonly FaultKind[] ppro;
    private readonly double storageRate;
    private readonly double frozenClaimRate;
    private readonly double postRate;
    private readonly double getRate;

    /// <param name="random">Of the history's seed.</param>
    /// <param name="favoured">What PPRO meets nearly always, for a bug that needs much of it; null for chance.</param>
    public FaultMix(Random random, FaultKind[]? favoured = null)
    {
        this.random = random;
        storage = Some(OfStorage);
        ppro = Some(OfPpro);
        storageRate = random.Pick(0, 0.003, 0.01, 0.03);
        frozenClaimRate = random.Pick(0, 0, 0.02, 0.1);
        postRate = random.Pick(0.05, 0.3, 0.6, 0.9);
        getRate = random.Pick(0, 0.05, 0.3, 0.7);
        (ppro, postRate) = favoured is null ? (ppro, postRate) : (favoured, 0.9);
    }

    public Fault At(Actor actor, Effect effect)
    {
        if (effect.What is "commit agreements" && random.Is(frozenClaimRate))
        {
            return new(FaultKind.FrozenAfter, WaitOf(FaultKind.FrozenAfter, isPpro: false));
        }

        var isPpro = effect.Kind is EffectKind.Ppro;
        var pproRate = effect.What.StartsWith("POST", StringComparison.Ordinal) ? postRate : getRate;
        if (!random.Is(isPpro ? pproRate : storageRate))
        {
            return default;
        }

        var isPut = effect.What.StartsWith("put", StringComparison.Ordinal);
        var kind = isPut && random.Is(0.3) ? FaultKind.MessageDelayed : random.Pick<FaultKind>(isPpro ? ppro : storage);
        return new(kind, WaitOf(kind, isPpro), random.Is(0.5));
    }

    private TimeSpan WaitOf(FaultKind kind, bool isPpro) =>
        kind switch
        {
            // Past the last check of the send clock nothing can hold a request back; the 4 h of margin cover it.
            FaultKind.FrozenBefore when isPpro => random.AnySize(TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(60)),
            FaultKind.FrozenBefore or FaultKind.FrozenAfter => random.AnySize(
                TimeSpan.FromSeconds(5),
                TimeSpan.FromHours(8)
            ),
            FaultKind.Slow => random.AnySize(TimeSpan.FromSeconds(20), TimeSpan.FromMinutes(10)),
            FaultKind.ArrivesLate => random.AnySize(TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(60)),
            FaultKind.Hidden or FaultKind.HiddenUntilDone => random.AnySize(
                random.Is(0.5) ? TimeSpan.FromHours(17) : TimeSpan.FromMinutes(4),
                TimeSpan.FromHours(24)
            ),
            FaultKind.MessageDelayed => random.AnySize(TimeSpan.FromSeconds(1), TimeSpan.FromHours(12)),
            _ => default,
        };

    private FaultKind[] Some(FaultKind[] kinds)
    {
        FaultKind[] some = [.. kinds.Where(_ => random.Is(0.5))];
        return some is [] ? kinds : some;
    }
}
