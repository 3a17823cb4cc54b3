using System.Text;
using System.Text.Json.Nodes;
using Flows.Operations;
using Flows.Replies;
using Flows.Requests;
using Storage;

namespace Simulation.Tests;

/// <summary>
/// An operator who stops all charging, and starts it again before the trouble is over; and who has agreements compared.
/// </summary>
internal sealed class OperatorDesk(World world)
{
    private const int Tries = 5;
    private static readonly byte[] Wish = Encoding.UTF8.GetBytes("""{"actor":"operator","reason":"a drill"}""");

    /// <summary>Longer than anything that was begun before can be held up.</summary>
    private static readonly TimeSpan LooksAgainAfter = TimeSpan.FromHours(12);

    private static readonly TimeSpan ForADay = TimeSpan.FromHours(20);
    private bool isStopping;

    /// <summary>Since a stop was answered; from then on nothing that moves money may leave.</summary>
    public DateTimeOffset? StoppedAt { get; private set; }

    public void Plan(TimeSpan after, TimeSpan lasts)
    {
        var actor = new Actor("operator");
        var run = new Shop(world, actor);
        world.Time.After(
            after,
            () =>
                world.Stage.Start(
                    actor,
                    () => StopForAsync(run, lasts),
                    failure => Failures.Judge(world, actor, failure)
                )
        );
    }

    /// <summary>Closes what calls for a person, now and then, until shortly after the trouble.</summary>
    public void CloseExceptions()
    {
        var actor = new Actor("operator");
        var run = new Shop(world, actor);
        world.Stage.Start(actor, () => CloseAllAsync(run), failure => Failures.Judge(world, actor, failure));
    }

    private async Task CloseAllAsync(Shop run)
    {
        var chance = Chance.Stream(world.Plan.Seed, 28);
        while (world.Time.Now < world.Plan.StartsAt + world.Plan.Trouble)
        {
            await run.WaitAsync(chance.AnySize(TimeSpan.FromMinutes(20), TimeSpan.FromDays(2)));
            if (!IsAnythingListed)
            {
                continue;
            }

            var list = await run.InsistAsync(
                "list exceptions",
                Tries,
                host => host.Get<OperateExceptions>().ListAsync(null, default)
            );
            foreach (var entry in ExceptionsIn(list))
            {
                var reply = await run.InsistAsync(
                    "close",
                    Tries,
                    host => host.Get<OperateExceptions>().CloseAsync(WhoAsks.AtThisMachine, entry, Wish, default)
                );
                if (reply is { Status: 200 })
                {
                    world.Timeline.Count(Happening.ExceptionClosed);
                }
            }
        }
    }

    /// <summary>An operator is called when there is something to look at.</summary>
    private bool IsAnythingListed => new ExceptionList(world.Tables).ListAsync(null, 1, default).Result is not [];

    private static IEnumerable<string> ExceptionsIn(Reply? list) =>
        list is { Status: 200 }
            ? JsonNode.Parse(list.Body.Span)!["exceptions"]!.AsArray().Select(it => (string)it!["id"]!)
            : [];

    /// <summary>
    /// A worker asks PPRO whether charging may start again by itself; at this very moment a person stops it.
    /// </summary>
    public void RecoveryBegins(Actor worker)
    {
        var left = world.Plan.StartsAt + world.Plan.Trouble - world.Time.Now;
        if (
            world.Plan.StopsAtRecovery
            && !isStopping
            && left > TimeSpan.FromHours(1)
            && worker.Name.Contains(" timer", StringComparison.Ordinal)
        )
        {
            isStopping = true;
            world.Timeline.Count(Happening.StoppedAtRecovery);
            Plan(TimeSpan.Zero, left / 2 < ForADay ? left / 2 : ForADay);
        }
    }

    public void Recheck(Life life)
    {
        var actor = new Actor("operator");
        var run = new Shop(world, actor);
        world.Stage.Start(
            actor,
            () =>
                run.InsistAsync(
                    "recheck",
                    Tries,
                    host => host.Get<RecheckAgreement>().RunAsync(WhoAsks.AtThisMachine, life.Id.Value, Wish, default)
                ),
            failure => Failures.Judge(world, actor, failure)
        );
    }

    private async Task StopForAsync(Shop run, TimeSpan lasts)
    {
        var reply = await run.InsistAsync(
            "stop",
            Tries,
            host => host.Get<OperateCharging>().StopAsync(WhoAsks.AtThisMachine, Wish, default)
        );
        if (reply is { Status: 200 })
        {
            StoppedAt = world.Time.Now;
            world.Timeline.Count(Happening.ChargingStopped);
        }

        await run.WaitAsync(lasts);
        StoppedAt = null;
        await StartAsync(run);

        // A stop that was held up may have come after the start: an operator sees that.
        await run.WaitAsync(world.Plan.StartsAt + world.Plan.Trouble + LooksAgainAfter - world.Time.Now);
        await StartAsync(run);
    }

    private async Task StartAsync(Shop run)
    {
        Reply? reply = null;
        while (reply is null)
        {
            reply = await run.InsistAsync(
                "start",
                Tries,
                host => host.Get<OperateCharging>().StartAsync(WhoAsks.AtThisMachine, Wish, default)
            );
        }

        world.Timeline.Count(Happening.ChargingStarted);
    }
}
