using Azure.Data.Tables;

namespace Simulation.Tests;

/// <summary>
/// The stop switch over time: what a person has stopped only a person starts again, and charging stops by itself only
/// when a read with the same credentials is not answered either, or several agreements are refused in a row. That reads
/// of one agreement are refused too says nothing of the credentials.
/// </summary>
internal sealed class StopWitness(World world)
{
    private const int Several = 3;
    private (bool IsStopped, bool IsAutomatic) known;

    public void Committed(TableEntity control)
    {
        if (control.RowKey is not "control")
        {
            return;
        }

        var now = (IsStopped: control.GetDateTimeOffset("StoppedAt") is not null, IsAutomatic: IsAutomatic(control));
        var actor = world.Stage.Current!;
        if (known is { IsStopped: true, IsAutomatic: false } && !IsStopOfPerson(now) && !IsPerson(actor))
        {
            world.Violate($"{actor.Name} lifted a person's stop");
        }

        if (actor.Refused is { } refused)
        {
            world.Oddly.RefusedInARow.Add(refused);
        }

        var hasReadInVain = actor is { HasReadInVain: true, IsForbidden: false };
        var isAlone = !hasReadInVain && world.Oddly.RefusedInARow.Count < Several;
        if (now is { IsStopped: true, IsAutomatic: true } && !known.IsStopped && isAlone)
        {
            world.Violate($"{actor.Name} stopped all charging, and PPRO refuses no read and not several agreements");
        }

        known = now;
    }

    private static bool IsAutomatic(TableEntity control) => control.GetBoolean("IsAutomaticStop") is true;

    private static bool IsStopOfPerson((bool IsStopped, bool IsAutomatic) it) =>
        it is { IsStopped: true, IsAutomatic: false };

    private static bool IsPerson(Actor actor) => actor.Name.EndsWith(" start", StringComparison.Ordinal);
}
