using System.Globalization;
using Flows.Events;
using Flows.Looks;
using Flows.Walk;
using Storage;

namespace Simulation.Tests;

/// <summary>
/// What sets our code going: the minute, messages and PPRO's webhooks, as the Functions host and PPRO do it. A minute
/// in which nothing is due is left out.
/// </summary>
internal sealed class Triggers(World world)
{
    private const int MaxAtOnce = 4;
    private const int MaxDequeues = 5;
    private static readonly TimeSpan ShowAgain = TimeSpan.FromSeconds(30);
    private readonly Random chance = Chance.Stream(world.Plan.Seed, 4);
    private readonly Dictionary<string, int> running = StoreNames.Listened.ToDictionary(it => it, _ => 0);
    private readonly Dictionary<string, int> newest = [];
    private readonly WebhookTraffic webhooks = new(world);
    private DateTimeOffset lastTick = world.Plan.StartsAt;
    private DateTimeOffset? nextWalk = world.Plan.Walks ? world.Plan.StartsAt + TimeSpan.FromHours(7) : null;
    private int runs;

    /// <summary>When something is to be started; null when nothing waits.</summary>
    public DateTimeOffset? NextAt()
    {
        var next = webhooks.NextAt();
        if (world.AnyHost() is null)
        {
            return next;
        }

        next = Earlier(Earlier(next, NextTick()), nextWalk);
        foreach (var queue in StoreNames.Listened)
        {
            next = running[queue] < MaxAtOnce ? Earlier(next, world.Queues.NextAt(queue)) : next;
        }

        return next;
    }

    /// <summary>Starts what is due.</summary>
    public void Start()
    {
        webhooks.Start();
        if (NextTick() <= world.Time.Now)
        {
            lastTick = Keys.MinuteOf(Keys.Minute(world.Time.Now));
            StartTimers();
        }

        if (nextWalk <= world.Time.Now && world.AnyHost() is { } walker)
        {
            nextWalk = world.Time.Now + TimeSpan.FromMinutes(chance.Next(60, 40 * 60));
            StartWalk(walker);
        }

        foreach (var queue in StoreNames.Listened)
        {
            while (
                running[queue] < MaxAtOnce
                && world.Queues.NextAt(queue) <= world.Time.Now
                && world.AnyHost() is { } host
            )
            {
                StartMessage(host, queue);
            }
        }
    }

    /// <summary>The next minute in which something is due, or lies in poison.</summary>
    private DateTimeOffset? NextTick()
    {
        var first = Earlier(world.Ledger.FirstWakeUp, NextPoison());
        var next = lastTick + TimeSpan.FromMinutes(1);
        return first > next ? first
            : first is null ? null
            : next;
    }

    private DateTimeOffset? NextPoison() =>
        Earlier(world.Queues.NextAt(StoreNames.PproEventsPoison), world.Queues.NextAt(StoreNames.DueAgreementsPoison))
            is { } shown
            ? EveryMinute.PoisonTimeAfter(shown > lastTick ? shown + EmptyPoisonQueues.OlderThan : lastTick)
            : null;

    private void StartTimers()
    {
        var often = !world.IsCalm && chance.Is(0.1) ? chance.Next(0, 3) : 1;
        CountTimers(often);
        for (var number = 0; number < often && world.AnyHost() is { } host; number++)
        {
            var actor = host.NewActor($"timer {++runs}");
            world.Stage.Start(actor, () => host.Get<EveryMinute>().RunAsync(default), failure => Ended(actor, failure));
        }
    }

    /// <summary>Slices of the daily walk; one that hangs may be overtaken by the next.</summary>
    private void StartWalk(Host host)
    {
        world.Timeline.Count(Happening.Walk);
        var actor = host.NewActor($"walk {++runs}");
        world.Stage.Start(actor, () => host.Get<WalkAgreements>().RunAsync(default), failure => Ended(actor, failure));
    }

    private void CountTimers(int often)
    {
        if (often is not 1)
        {
            world.Timeline.Count(often is 0 ? Happening.TimerMissed : Happening.TwoTimers);
        }
    }

    private void StartMessage(Host host, string queue)
    {
        var message = world.Queues.ReceiveAsync(queue, 1, world.Plan.Lease, default).Result.Single();
        CountOrder(queue, message);
        running[queue]++;
        var actor = host.NewActor($"{Short(queue)} {++runs}", () => running[queue]--);
        world.Stage.Start(
            actor,
            () => RunAsync(host, queue, message),
            failure =>
            {
                Ended(actor, failure);
                running[queue]--;
                if (failure is not null)
                {
                    Failed(queue, message);
                }
            }
        );
    }

    private async Task RunAsync(Host host, string queue, ReceivedMessage message)
    {
        if (message.DequeueCount > MaxDequeues)
        {
            throw new TimeoutException("It has been handed out too often.");
        }

        await (
            queue is StoreNames.DueAgreements
                ? host.Get<LookAtAgreement>().RunAsync(message.Body, default)
                : host.Get<ApplyPproEvent>().RunAsync(message.Body, default)
        );
        var done = new JourneyKit.Effect(JourneyKit.EffectKind.Queues, $"finish {queue}");
        await world.Parking.BeforeAsync(done);
        await world.Queues.DeleteAsync(queue, message, default);
        world.Ledger.Finished(queue, message.Body);
        await world.Parking.AfterAsync(done);
    }

    private void Failed(string queue, ReceivedMessage message)
    {
        if (message.DequeueCount < MaxDequeues)
        {
            world.Queues.Release(queue, message, ShowAgain);
            return;
        }

        world.Timeline.Say(queue, "a message is poison");
        world.Timeline.Count(Happening.MessagePoisoned);
        world.Queues.PutAsync(queue + "-poison", message.Body, TimeSpan.Zero, default);
        world.Queues.DeleteAsync(queue, message, default);
    }

    private void CountOrder(string queue, ReceivedMessage message)
    {
        var number = int.Parse(message.Id.AsSpan(1), CultureInfo.InvariantCulture);
        if (message.DequeueCount > 1)
        {
            world.Timeline.Count(Happening.MessageAgain);
        }
        else if (number < newest.GetValueOrDefault(queue))
        {
            world.Timeline.Count(Happening.MessageOvertaken);
        }

        newest[queue] = Math.Max(number, newest.GetValueOrDefault(queue));
    }

    private void Ended(Actor actor, Exception? failure)
    {
        actor.Host!.Ended(actor);
        Failures.Judge(world, actor, failure);
    }

    private static string Short(string queue) =>
        queue
            .Replace("due-agreements", "look", StringComparison.Ordinal)
            .Replace("ppro-events", "event", StringComparison.Ordinal);

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null || other < one ? other : one;
}
