using Flows.Events;
using Flows.Replies;
using PproSimulator;

namespace Simulation.Tests;

/// <summary>PPRO's deliveries on their way to us: lost, doubled, late for days, or simply there.</summary>
internal sealed class WebhookTraffic(World world)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly Random chance = Chance.Stream(world.Plan.Seed, 5);
    private readonly Dictionary<string, DateTimeOffset> newestOf = [];
    private int underway;
    private int runs;

    public DateTimeOffset? NextAt()
    {
        var next = world.Books.NextAt;
        return underway > 0 && next <= world.Time.Now ? null : next;
    }

    public void Start()
    {
        foreach (var happened in world.Books.TakeDueEvents())
        {
            Send(happened);
        }
    }

    private void Send(SimEvent happened)
    {
        var mishap = MishapNow();
        Count(mishap);
        switch (mishap)
        {
            case Mishap.Lost:
                world.Timeline.Say("PPRO", $"{happened.Type} gets lost");
                world.Books.Delivered(happened, "lost", hasArrived: true);
                break;
            case Mishap.Late:
                world.Books.Delivered(happened, "late", hasArrived: true);
                var wait = chance.AnySize(TimeSpan.FromMilliseconds(500), TimeSpan.FromDays(4));
                CountDays(wait);
                world.Time.After(wait, () => Deliver(happened, _ => { }));
                break;
            case Mishap.Doubled:
                Follow(happened);
                world.Time.After(
                    chance.AnySize(TimeSpan.FromMilliseconds(5), TimeSpan.FromHours(30)),
                    () => Deliver(happened, _ => { })
                );
                break;
            default:
                Follow(happened);
                break;
        }
    }

    /// <summary>Where none comes at all, none comes on calm days either.</summary>
    private Mishap MishapNow() =>
        world.Plan.Webhooks.AreBlocked ? Mishap.Lost
        : world.IsCalm ? Mishap.None
        : world.Plan.Webhooks.Mishap(chance);

    private void Count(Mishap mishap)
    {
        if (mishap is not Mishap.None)
        {
            world.Timeline.Count(
                mishap switch
                {
                    Mishap.Lost => Happening.WebhookLost,
                    Mishap.Late => Happening.WebhookLate,
                    _ => Happening.WebhookDoubled,
                }
            );
        }
    }

    private void CountDays(TimeSpan late)
    {
        if (late > TimeSpan.FromDays(1))
        {
            world.Timeline.Count(Happening.WebhookLateForDays);
        }
    }

    private void CountOrder(SimEvent happened)
    {
        var newest = newestOf.GetValueOrDefault(happened.Subject);
        if (happened.Time < newest)
        {
            world.Timeline.Count(Happening.WebhookOvertaken);
        }

        newestOf[happened.Subject] = happened.Time > newest ? happened.Time : newest;
    }

    /// <summary>PPRO waits a little for our answer, and follows its ladder without one.</summary>
    private void Follow(SimEvent happened)
    {
        var isDecided = false;
        underway++;
        world.Time.After(Patience, () => Decide(hasArrived: false));
        Deliver(happened, Decide);

        void Decide(bool hasArrived)
        {
            if (!isDecided)
            {
                isDecided = true;
                underway--;
                world.Books.Delivered(happened, hasArrived ? "HTTP 200" : "no answer", hasArrived);
            }
        }
    }

    /// <summary>The host reads no more than the receiver takes.</summary>
    private static ReadOnlyMemory<byte>? AtTheDoor(SimEvent happened) =>
        happened.Body.Length > ReceivePproWebhook.MaxBytes ? null : happened.Body;

    private void Deliver(SimEvent happened, Action<bool> decide)
    {
        if (world.AnyHost() is not { } host)
        {
            decide(false);
            return;
        }

        var signature = Signing.Header(happened.Body, world.Plan.Ppro.SigningSecrets[^1], world.Time.Now);
        var actor = host.NewActor($"webhook {++runs}", () => decide(false));
        world.Timeline.Say(actor.Name, happened.Type);
        CountOrder(happened);
        Reply? reply = null;
        world.Stage.Start(
            actor,
            async () =>
                reply = await host.Get<ReceivePproWebhook>().RunAsync(new(AtTheDoor(happened), signature), default),
            failure =>
            {
                host.Ended(actor);
                Failures.Judge(world, actor, failure);
                decide(reply is { Status: 200 });
            }
        );
    }
}

/// <summary>What may happen to a delivery.</summary>
internal enum Mishap
{
    None,
    Lost,
    Late,
    Doubled,
}

/// <summary>How often which.</summary>
internal sealed record WebhookPlan(double Lost, double Late, double Doubled)
{
    public bool AreBlocked => Lost >= 1;

    public Mishap Mishap(Random chance)
    {
        var share = chance.NextDouble();
        return share < Lost ? Tests.Mishap.Lost
            : share < Lost + Late ? Tests.Mishap.Late
            : share < Lost + Late + Doubled ? Tests.Mishap.Doubled
            : Tests.Mishap.None;
    }
}
