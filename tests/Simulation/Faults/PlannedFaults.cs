using System.Globalization;
using JourneyKit;

namespace Simulation.Tests;

/// <summary>A fault at one effect, counted from the beginning; in words <c>12:CrashBefore</c>.</summary>
internal readonly record struct PlannedFault(int Effect, Fault Fault)
{
    public static PlannedFault Parse(string text) =>
        text.Split(':') is [var effect, var kind]
            ? new(int.Parse(effect, CultureInfo.InvariantCulture), new(Enum.Parse<FaultKind>(kind)))
            : throw new FormatException($"'{text}' is not like 12:CrashBefore.");

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Effect}:{Fault.Kind}");
}

/// <summary>A few faults, each at its effect; all others go well. What is reached is remembered.</summary>
internal sealed class PlannedFaults(params IReadOnlyList<PlannedFault> planned) : IFaults
{
    private readonly List<Effect> effects = [];

    public IReadOnlyList<Effect> Effects => effects;

    public Fault At(Actor actor, Effect effect)
    {
        effects.Add(effect);
        foreach (var it in planned)
        {
            if (it.Effect == effects.Count)
            {
                return PossibleFaults.Of(it.Fault.Kind, effect.Kind);
            }
        }

        return default;
    }
}

/// <summary>What can go wrong where, in the scripted life.</summary>
internal static class PossibleFaults
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

    public static IEnumerable<Fault> At(Effect effect) => KindsAt(effect).Select(it => Of(it, effect.Kind));

    public static Fault Of(FaultKind kind, EffectKind at) => new(kind, WaitOf(kind, at), TakesHost: true);

    private static FaultKind[] KindsAt(Effect effect) =>
        effect.Kind is EffectKind.Ppro ? [.. OfPpro, .. PossibleLies.At(effect)]
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
