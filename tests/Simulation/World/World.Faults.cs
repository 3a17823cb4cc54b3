using JourneyKit;

namespace Simulation.Tests;

/// <summary>What goes wrong at one effect, and how long it takes.</summary>
internal sealed partial class World
{
    /// <summary>As long as a wake-up is trusted to be ahead of its commit.</summary>
    private static readonly TimeSpan WakeUpTrusted = TimeSpan.FromSeconds(30);

    public DateTimeOffset PproIsDownUntil { get; private set; }

    /// <summary>
    /// Someone who was held up past its wake-up met a second fault: a look may be lost until a walk comes by.
    /// </summary>
    public bool NeedsWalk { get; private set; }

    public Fault FaultAt(Actor actor, Effect effect)
    {
        if (Time.Now < PproIsDownUntil && effect.Kind is EffectKind.Ppro)
        {
            return new(FaultKind.Reset);
        }

        var isStorageDown =
            effect.Kind is not EffectKind.Ppro
            && StorageDown is { } down
            && effect.What.EndsWith(down, StringComparison.Ordinal);
        if (isStorageDown && !IsSpared(actor))
        {
            return new(FaultKind.Failed);
        }

        var fault = IsCalm ? default : Faults.At(actor, effect);
        if (
            fault.Kind is not (FaultKind.None or FaultKind.HiddenRetry)
            && fault is { AtPpro: null, IsLie: false }
            && IsSpared(actor)
        )
        {
            return default;
        }

        actor.WasHeldUp |= fault.Wait > WakeUpTrusted || fault.Kind is FaultKind.LostAnswer;
        return fault;
    }

    /// <summary>Held up past its wake-up, and then something else: that is what the daily walk is for.</summary>
    private bool IsSpared(Actor actor)
    {
        if (actor.WasHeldUp && Plan.Walks)
        {
            NeedsWalk = true;
            Timeline.Count(Happening.HeldUpAndMore);
        }

        return actor.WasHeldUp && !Plan.Walks;
    }

    /// <summary>How long an effect takes: mostly little, at times enough to be overtaken.</summary>
    public TimeSpan DelayOf(Effect effect)
    {
        var most = effect.Kind is EffectKind.Ppro ? 400 : 20;
        return TimeSpan.FromMilliseconds(1 + delays.Next(delays.Is(0.03) ? 40 * most : most));
    }

    public void BreakPpro(TimeSpan lasts)
    {
        PproIsDownUntil = IsCalm ? default : Time.Now + lasts;
        Timeline.Count(lasts > TimeSpan.FromDays(1) ? Happening.PproOutageOverADay : Happening.PproOutage);
        Timeline.Say("PPRO", $"is down for {lasts}");
    }

    /// <summary>A request that PPRO hides may be the beginning of a longer breakdown.</summary>
    public void Hidden(TimeSpan lasts)
    {
        if (Plan.BreaksDownHiding && chance.Is(0.3))
        {
            BreakPpro(lasts * chance.NextDouble());
        }
    }
}
