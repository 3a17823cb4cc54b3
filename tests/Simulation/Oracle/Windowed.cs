namespace Simulation.Tests;

/// <summary>
/// The README's promise 35: what the schedule asks for leaves between 09:00 and 21:00 in Seoul, by the clock of the
/// host that sends it: first sends, retries and resends alike. Only the agreement's very first period leaves when it is
/// activated.
/// </summary>
internal static class Windowed
{
    private static readonly TimeSpan Opens = TimeSpan.FromHours(9);
    private static readonly TimeSpan Closes = TimeSpan.FromHours(21);

    /// <summary>A request that was claimed in time leaves so much later.</summary>
    private static readonly TimeSpan OnItsWay = TimeSpan.FromSeconds(31);

    public static void Judge(World world, AgreementWitness witness, Sending sending)
    {
        var isFirst = sending.Number is 1 && sending.Period == witness.Calendar?.First;
        if (sending.Period is null || sending.IsByHand || sending.IsInitial || isFirst)
        {
            return;
        }

        var now = world.Stage.Current!.Host!.Clock.GetUtcNow();
        if (!IsOpen(now) && !IsOpen(now - OnItsWay))
        {
            world.Violate($"{sending.Reference} was sent at {now.ToOffset(Grid.Seoul):HH:mm:ss} in Seoul");
        }
    }

    private static bool IsOpen(DateTimeOffset at) =>
        at.ToOffset(Grid.Seoul).TimeOfDay is var time && time >= Opens && time < Closes;
}
