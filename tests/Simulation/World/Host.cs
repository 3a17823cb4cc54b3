using JourneyKit;

namespace Simulation.Tests;

/// <summary>
/// A process that runs the functions. Nothing of it outlives it: after a crash or a deployment there is another one.
/// </summary>
internal sealed class Host : IDisposable
{
    private readonly Journey journey;
    private readonly List<Actor> actors = [];

    public Host(World world, int number)
    {
        Number = number;
        Clock = new(world.Time, world.Stage) { Offset = world.ClockOffset };
        var tables = new WitnessedTables(world, Clock);
        journey = new(
            new(tables, new WitnessedQueues(world), Clock, world.Books)
            {
                Watch = world.Parking,
                Settings = world.Plan.Settings,
                Wire = inner => world.Tooth.Wire(world, new WireTap(world) { InnerHandler = PproOf(world, inner) }),
                Services = services => world.Tooth.Plant(world, services),
            }
        );
        tables.ClockWatch = journey.Get<Storage.ClockWatch>();
    }

    public int Number { get; }

    public SimClock Clock { get; }

    public bool IsUp { get; private set; } = true;

    public T Get<T>()
        where T : notnull => journey.Get<T>();

    public Actor NewActor(string name, Action? died = null)
    {
        var actor = new Actor($"host {Number} {name}", this, died);
        actors.RemoveAll(it => it.IsDead);
        actors.Add(actor);
        return actor;
    }

    public void Ended(Actor actor) => actors.Remove(actor);

    private static HttpMessageHandler PproOf(World world, HttpMessageHandler books) =>
        world.Tooth.Ppro(world, world.Plan.CaptureFails ? new FailingCaptures { InnerHandler = books } : books);

    /// <summary>Everyone on it dies with it.</summary>
    public void GoDown()
    {
        IsUp = false;
        foreach (var actor in actors.ToList())
        {
            actor.Die();
        }
    }

    public void Dispose() => journey.Dispose();
}
