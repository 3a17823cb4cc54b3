using System.Globalization;
using Billing;
using PproSimulator;

namespace Simulation.Tests;

/// <summary>What a history is about, before anything goes wrong: all of it from the seed.</summary>
internal sealed record Plan
{
    public required int Seed { get; init; }

    public required DateTimeOffset StartsAt { get; init; }

    public required IReadOnlyList<LifePlan> Lives { get; init; }

    public BooksSettings Ppro { get; init; } = new();

    public int Hosts { get; init; } = 2;

    /// <summary>How long things go wrong; calm days follow, until everything must have settled.</summary>
    public TimeSpan Trouble { get; init; } = TimeSpan.FromDays(8);

    /// <summary>Longer than a doubt lasts: a request that stays hidden for a day, and 72 h of empty reads.</summary>
    public TimeSpan Calm { get; init; } = TimeSpan.FromDays(6);

    /// <summary>How long a message is hidden while its function runs.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(10);

    public WebhookPlan Webhooks { get; init; } = new(0, 0, 0);

    /// <summary>What waits for its capture is said to have failed.</summary>
    public bool CaptureFails { get; init; }

    /// <summary>PPRO may break down when it begins to hide what it does.</summary>
    public bool BreaksDownHiding { get; init; }

    /// <summary>How many outages, deployments, clock jumps and declines the trouble holds.</summary>
    public WeatherPlan Weather { get; init; } = new(0, 0, 0, 0, 0);

    /// <summary>The daily walk comes by too; without it everything must go well all the same.</summary>
    public bool Walks { get; init; }

    /// <summary>How many refunds are made in PPRO's portal.</summary>
    public int PortalRefunds { get; init; }

    /// <summary>What PPRO does that it should never do.</summary>
    public OddPlan Odd { get; init; } = OddPlan.None;

    /// <summary>What may be asked for in a day, until the calm days, for which the operator lifts it.</summary>
    public DailyCaps Caps { get; init; } = new(null, null);

    /// <summary>An operator closes what calls for a person, after a while, and charging goes on.</summary>
    public bool ClosesExceptions { get; init; }

    /// <summary>A person stops charging at the moment at which an automatic stop would end.</summary>
    public bool StopsAtRecovery { get; init; }

    public bool KeepsTimeline { get; init; }

    /// <summary>The local run's settings, but for the clock, which storage's answers vouch for.</summary>
    public IReadOnlyDictionary<string, string?> Settings =>
        new Dictionary<string, string?>
        {
            ["Charging:CheckClock"] = "true",
            ["Charging:AfterLastDecline"] = AfterLastDecline.ToString(),
            ["Charging:Freshness"] = Freshness.ToString("c", CultureInfo.InvariantCulture),
            ["Reconciliation:FundsWithin"] = "00:00:00",
            ["Reconciliation:EventsKept"] = EventsKept.ToString("c", CultureInfo.InvariantCulture),
        };

    public AfterLastDecline AfterLastDecline { get; init; }

    /// <summary>How long events that moved no money are kept.</summary>
    public TimeSpan EventsKept { get; init; } = TimeSpan.FromDays(400);

    /// <summary>After so long without a word of PPRO's an agreement is read before it is charged.</summary>
    public TimeSpan Freshness { get; init; } = TimeSpan.FromDays(35);

    public static Plan Of(int seed)
    {
        var random = Chance.Stream(seed, 10);
        var frequency = random.Pick(
            FrequencyType.Daily,
            FrequencyType.Daily,
            FrequencyType.Weekly,
            FrequencyType.Monthly
        );
        var trouble = TimeSpan.FromDays(
            frequency switch
            {
                FrequencyType.Daily => random.Next(3, 9),
                FrequencyType.Weekly => random.Next(10, 30),
                _ => random.Next(40, 130),
            }
        );
        var startsAt = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)
            .AddDays(random.Next(0, 60))
            .AddSeconds(random.Next(0, 86_400));
        var usual = new Plan
        {
            Seed = seed,
            StartsAt = startsAt,
            Trouble = trouble,
            Hosts = random.Next(1, 3),
            Lease = random.Pick(TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(10)),
            Ppro = PproOf(random),
            Walks = Chance.Stream(seed, 13).Is(0.25),
            PortalRefunds = PortalRefundsOf(Chance.Stream(seed, 15)),
            AfterLastDecline = Chance.Stream(seed, 17).Is(0.25) ? AfterLastDecline.Cancel : AfterLastDecline.Leave,
            Caps = CapsOf(Chance.Stream(seed, 14)),
            Odd = OddPlan.Of(Chance.Stream(seed, 21)),
            CaptureFails = random.Is(0.5),
            BreaksDownHiding = true,
            Webhooks = random.Pick<WebhookPlan>(
                new(0, 0, 0),
                new(0.1, 0.2, 0.2),
                new(0.5, 0.2, 0.1),
                new(1, 0, 0),
                new(0, 0.8, 0.2)
            ),
            Weather = new(random.Next(0, 3), random.Next(0, 4), random.Next(0, 3), random.Next(0, 5), random.Next(0, 2))
            {
                Stops = random.Is(0.2) ? 1 : 0,
                Downtimes = random.Is(0.2) ? 1 : 0,
            },
            Lives =
            [
                .. Enumerable
                    .Range(0, random.Next(1, 3))
                    .Select(number => LifePlan.Of(random, number, frequency, startsAt, trouble)),
            ],
        };
        return Rarities.AddTo(usual);
    }

    /// <summary>So low that they are reached; never below a period's price, which would never be charged.</summary>
    private static DailyCaps CapsOf(Random random) =>
        random.Is(0.15)
            ? new(random.Pick<int?>(null, 1, 2, 4), random.Pick<long?>(null, 9_900, 12_000, 25_000))
            : new(null, null);

    private static int PortalRefundsOf(Random random) => random.Is(0.15) ? random.Next(2, 6) : 0;

    private static BooksSettings PproOf(Random random) =>
        new()
        {
            AsyncCaptureAfter = random.Is(0.3) ? random.AnySize(TimeSpan.FromSeconds(1), TimeSpan.FromHours(20)) : null,
            PendingRefundFor = random.Is(0.4) ? random.AnySize(TimeSpan.FromSeconds(1), TimeSpan.FromHours(20)) : null,
            RefusalsAs400 = random.Is(0.2),
            ApprovalTimeout = TimeSpan.FromMinutes(random.Pick(15, 15, 55, 180)),
        };
}

/// <summary>How often, in one history.</summary>
internal sealed record WeatherPlan(int Outages, int Deployments, int ClockJumps, int Declines, int StorageOutages)
{
    /// <summary>An operator stops all charging for a while.</summary>
    public int Stops { get; init; }

    /// <summary>Times in which no host is up.</summary>
    public int Downtimes { get; init; }
}
