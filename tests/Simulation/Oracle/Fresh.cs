namespace Simulation.Tests;

/// <summary>
/// The README's promise 35: of an agreement unheard of for longer than its freshness nothing leaves for the first time.
/// </summary>
internal static class Fresh
{
    private static readonly TimeSpan OnItsWay = TimeSpan.FromMinutes(1);

    public static void Judge(World world, AgreementWitness witness, Sending sending)
    {
        var unheard = world.Time.Now - witness.HeardAt;
        if (sending.FirstPostAt is null && unheard > world.Plan.Freshness + OnItsWay + (2 * world.Slack))
        {
            world.Violate($"{sending.Reference} was sent, and nothing has been heard of its agreement for {unheard}");
        }
    }
}
