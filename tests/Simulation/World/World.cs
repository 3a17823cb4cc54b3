using JourneyKit;
using PproSimulator;
using Storage;

namespace Simulation.Tests;

/// <summary>
/// One history: storage, PPRO's books, the hosts that run the functions, and the people outside. What happens follows
/// from the plan and its seed alone.
/// </summary>
internal sealed partial class World : IDisposable
{
    private readonly Random delays;
    private readonly Random chance;
    private readonly List<Host> hosts = [];
    private int born;

    public World(Plan plan, IFaults faults, Tooth tooth)
    {
        (Plan, Faults, Tooth) = (plan, faults, tooth);
        (delays, chance) = (Chance.Stream(plan.Seed, 1), Chance.Stream(plan.Seed, 2));
        Time = new(plan.StartsAt);
        Stage = new(Time);
        Timeline = new(Time) { IsKept = plan.KeepsTimeline };
        TrueClock = new(Time);
        Tables = new(TrueClock);
        Queues = new(TrueClock);
        Books = new(TrueClock, plan.Ppro, Chance.Stream(plan.Seed, 3));
        Ledger = new(this);
        Capped = new(this);
        Parking = new(this);
        Triggers = new(this);
        Operator = new(this);
        Oddly = new(this);
        KeyRing = new(this);
        Store = new(Tables, new WakeUps(Tables, TrueClock), TrueClock);
        for (var number = 0; number < plan.Hosts; number++)
        {
            hosts.Add(new(this, ++born));
        }
    }

    public Plan Plan { get; }

    public IFaults Faults { get; set; }

    public Tooth Tooth { get; }

    public VirtualTime Time { get; }

    public Stage Stage { get; }

    public Timeline Timeline { get; }

    public SimClock TrueClock { get; }

    public MemoryTables Tables { get; }

    public MemoryQueues Queues { get; }

    public PproBooks Books { get; }

    public Ledger Ledger { get; }

    public Capped Capped { get; }

    public Parking Parking { get; }

    public Triggers Triggers { get; }

    /// <summary>What is durable, read past every host.</summary>
    public AgreementStore Store { get; }

    public List<Life> Lives { get; } = [];

    public OperatorDesk Operator { get; }

    public Oddly Oddly { get; }

    public KeyRing KeyRing { get; }

    public WebhookMode WebhookMode { get; } = WebhookMode.Normal;

    /// <summary>From here on nothing goes wrong any more.</summary>
    public bool IsCalm { get; set; }

    /// <summary>Which of storage's answers are 503 now: those to effects that end so; null for none.</summary>
    public string? StorageDown { get; set; }

    public TimeSpan ClockOffset { get; private set; }

    /// <summary>By how much clocks have been wrong, and so by how much we may err.</summary>
    public TimeSpan Slack { get; private set; } = TimeSpan.FromMinutes(1);

    public bool RepeatsNextWrite { get; set; }

    public TimeSpan DelaysNextMessage { get; set; }

    /// <summary>The first broken promise; it ends the history.</summary>
    public string? Violation { get; private set; }

    public void Violate(string what)
    {
        Violation ??= $"at {Timeline.Stamp}: {what}";
        Timeline.Say("oracle", what);
    }

    /// <summary>From now on nothing goes wrong.</summary>
    public void Settle()
    {
        (IsCalm, StorageDown, PproIsDownUntil) = (true, null, default);
        Books.BehaveAgain();
        SetClocks(TimeSpan.Zero);
        LiftCaps();
        Timeline.Say("oracle", "calm from here on");
    }

    public void RunUntil(DateTimeOffset until)
    {
        while (Violation is null)
        {
            var (next, start) = (Time.NextAt, Triggers.NextAt());
            if ((next is null || next > until) && (start is null || start > until))
            {
                Time.MoveTo(until);
                return;
            }

            if (start is not null && !(next < start))
            {
                Time.MoveTo(start.Value);
                Triggers.Start();
            }
            else
            {
                Time.Step();
            }
        }
    }

    public void Dispose() => hosts.ForEach(host => host.Dispose());
}
