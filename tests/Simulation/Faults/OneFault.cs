using JourneyKit;

namespace Simulation.Tests;

/// <summary>One fault at one effect, counted from the beginning; all others go well.</summary>
internal sealed class OneFault(int effect, Fault fault) : IFaults
{
    private static readonly FaultKind[] Anywhere =
    [
        FaultKind.CrashBefore,
        FaultKind.CrashAfter,
        FaultKind.Failed,
        FaultKind.LostAnswer,
        FaultKind.FrozenBefore,
        FaultKind.FrozenAfter,
    ];

    private static readonly FaultKind[] OfStorage = [.. Anywhere, FaultKind.HiddenRetry];

    private static readonly FaultKind[] OfPpro =
    [
        .. Anywhere,
        FaultKind.Http401,
        FaultKind.Http404,
        FaultKind.Http409,
        FaultKind.Http429,
        FaultKind.Http500,
        FaultKind.Http504,
        FaultKind.Http500AfterEffect,
        FaultKind.Slow,
        FaultKind.ArrivesLate,
        FaultKind.Hidden,
        FaultKind.HiddenUntilDone,
    ];

    private static readonly FaultKind[] OfPuts = [.. OfStorage, FaultKind.MessageDelayed];

    private int seen;

    /// <summary>Every single fault that this effect can have.</summary>
    public static IEnumerable<Fault> At(Effect effect) =>
        KindsAt(effect).Select(it => new Fault(it, WaitOf(it, effect.Kind), TakesHost: true));

    public Fault At(Actor actor, Effect reached) => ++seen == effect ? fault : default;

    private static FaultKind[] KindsAt(Effect effect) =>
        effect.Kind is EffectKind.Ppro ? OfPpro
        : effect.What.StartsWith("put", StringComparison.Ordinal) ? OfPuts
        : OfStorage;

    private static TimeSpan WaitOf(FaultKind kind, EffectKind at) =>
        kind switch
        {
            FaultKind.FrozenBefore when at is EffectKind.Ppro => TimeSpan.FromMinutes(30),
            FaultKind.FrozenBefore or FaultKind.FrozenAfter => TimeSpan.FromHours(3),
            FaultKind.Slow => TimeSpan.FromSeconds(90),
            FaultKind.ArrivesLate => TimeSpan.FromMinutes(10),
            FaultKind.Hidden or FaultKind.HiddenUntilDone => TimeSpan.FromHours(24),
            FaultKind.MessageDelayed => TimeSpan.FromHours(5),
            _ => default,
        };
}

/// <summary>Nothing goes wrong, and what could have is remembered.</summary>
internal sealed class EffectCount : IFaults
{
    public List<Effect> Effects { get; } = [];

    public Fault At(Actor actor, Effect effect)
    {
        Effects.Add(effect);
        return default;
    }
}
