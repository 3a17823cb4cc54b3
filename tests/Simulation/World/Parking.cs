using Azure;
using JourneyKit;

namespace Simulation.Tests;

/// <summary>
/// Holds every actor at every effect: how long decides who comes next. Here processes die, answers get lost and
/// workers freeze.
/// </summary>
internal sealed class Parking(World world) : IEffectWatch
{
    private readonly Dictionary<Effect, Fault> underway = new(ReferenceEqualityComparer.Instance);

    public Task BeforeAsync(Effect effect)
    {
        var actor = world.Stage.Current!;
        var fault = world.FaultAt(actor, effect);
        world.Timeline.Effect(actor, effect, fault);
        switch (fault.Kind)
        {
            case FaultKind.None:
                return world.Stage.ParkAsync(world.DelayOf(effect));
            case FaultKind.CrashBefore:
                world.Crash(actor, fault.TakesHost);
                return Stage.ForeverAsync();
            case FaultKind.Failed when effect.Kind is not EffectKind.Ppro:
                return world.Stage.ParkAsync(world.DelayOf(effect), failure: Unavailable());
            case FaultKind.FrozenBefore:
                return world.Stage.ParkAsync(fault.Wait);
            default:
                underway[effect] = fault;
                return world.Stage.ParkAsync(world.DelayOf(effect), () => Prepare(effect, fault));
        }
    }

    public Task AfterAsync(Effect effect)
    {
        if (!underway.Remove(effect, out var fault))
        {
            return Task.CompletedTask;
        }

        if (fault.Kind is FaultKind.Hidden or FaultKind.HiddenUntilDone)
        {
            world.Books.Hide(TimeSpan.Zero);
            world.Books.Events.Mode = world.WebhookMode;
            world.Hidden(fault.Wait);
        }

        switch (fault.Kind)
        {
            case FaultKind.CrashAfter:
                world.Crash(world.Stage.Current!, fault.TakesHost);
                return Stage.ForeverAsync();
            case FaultKind.LostAnswer when effect.Kind is not EffectKind.Ppro:
                return world.Stage.ParkAsync(TimeSpan.FromSeconds(35), failure: Unavailable());
            case FaultKind.FrozenAfter:
                return world.Stage.ParkAsync(fault.Wait);
            default:
                return Task.CompletedTask;
        }
    }

    /// <summary>
    /// Runs at the last moment before the effect, which follows at once. A read has nothing that could be done twice:
    /// in its stead it is the next write, whoever makes it.
    /// </summary>
    private void Prepare(Effect effect, Fault fault)
    {
        world.RepeatsNextWrite = fault.Kind is FaultKind.HiddenRetry;
        world.DelaysNextMessage = fault.Kind is FaultKind.MessageDelayed ? fault.Wait : default;
        world.Stage.Current!.Lie = fault.IsLie ? fault.Kind : null;
        if (effect.Kind is EffectKind.Ppro && fault.AtPpro is { } kind)
        {
            world.Books.Faults.Clear();
            world.Books.Faults.Add(new("any", kind, fault.Wait), 1);
        }

        if (fault.Kind is FaultKind.Hidden or FaultKind.HiddenUntilDone)
        {
            world.Books.Hide(fault.Wait, fault.Kind is FaultKind.HiddenUntilDone);
            world.Books.Events.Mode = new("delay", fault.Wait, new HashSet<string>());
        }
    }

    private static RequestFailedException Unavailable() => new(503, "Storage is not there.");
}
