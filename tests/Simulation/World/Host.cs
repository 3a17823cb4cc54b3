using JourneyKit;

namespace Simulation.Tests;

/// <summary>
/// A process that runs the functions. Nothing of it outlives it: after a crash or a deployment there is another one.
/// </summary>
internal sealed class Host : IDisposable
{
    private readonly Journey journey;
    private static readonly Dictionary<string, string?> Trusting = new() { ["Charging:CheckClock"] = "false" };
    private readonly List<Actor> actors = [];

    /// <param name="world">Where it runs.</param>
    /// <param name="number">Its name.</param>
    /// <param name="trustsClock">It charges whatever its clock says: for a clock that is wrong by much.</param>
    public Host(World world, int number, bool trustsClock = false)
    {
        Number = number;
        Clock = new(world.Time, world.Stage) { Offset = world.ClockOffset };
        var tables = new WitnessedTables(world, Clock);
        journey = new(
            new(tables, new WitnessedQueues(world), Clock, world.Books)
            {
                Watch = world.Parking,
                Settings = trustsClock ? Trusting : world.Settings,
                Wire = inner => world.Tooth.Wire(world, new WireTap(world) { InnerHandler = PproOf(world, inner) }),
                Services = services => world.Tooth.Plant(world, services),
            }
        );
        tables.ClockWatch = journey.Get<Storage.ClockWatch>();
    }

    public int Number { get; }

    public SimClock Clock { get; }

    /// <summary>Its clock has been set back for good.</summary>
    public bool LivesInThePast { get; init; }

    public bool IsUp { get; private set; } = true;

    public T Get<T>()
        where T : notnull => journey.Get<T>();

    public Actor NewActor(string name, Action? died = null, Wish? wish = null)
    {
        var actor = new Actor($"host {Number} {name}", this, died) { Wish = wish };
        actors.RemoveAll(it => it.IsDead);
        actors.Add(actor);
        return actor;
    }

    public void Ended(Actor actor) => actors.Remove(actor);

    private static HttpMessageHandler PproOf(World world, HttpMessageHandler books) =>
        world.Tooth.Ppro(
            world,
            new Lies(world)
            {
                InnerHandler = world.Plan.CaptureFails ? new FailingCaptures { InnerHandler = books } : books,
            }
        );

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
