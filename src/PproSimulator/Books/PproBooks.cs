using System.Text.Json.Nodes;

namespace PproSimulator;

/// <summary>
/// A PPRO without HTTP: agreements, charges, refunds, keys, events and what is still to happen, under one lock. Time
/// and chance come from outside. What really happened can be read by anyone who wants to check someone else's books.
/// </summary>
public sealed partial class PproBooks(TimeProvider clock, BooksSettings settings, Random random)
{
    private readonly Lock gate = new();
    private readonly Ids ids = new(random);
    private readonly Random order = new(random.Next());
    private readonly KeyBook keys = new();
    private readonly Dictionary<string, SimAgreement> agreements = [];
    private readonly Dictionary<string, SimCharge> charges = [];
    private readonly PriorityQueue<Action, (DateTimeOffset At, long Order)> later = new();
    private readonly TokenBucket reads = new(settings.RateLimit, settings.Burst);
    private readonly TokenBucket writes = new(settings.RateLimit, settings.Burst);
    private readonly List<PlannedDecline> declines = [];
    private readonly List<JsonObject> requests = [];
    private readonly List<Refusing> refusals = [];
    private TimeSpan lag;
    private TimeSpan hiddenFor;
    private bool isDoneWhenShown;
    private long planned;
    private DateTimeOffset? moment;

    public BooksSettings Settings => settings;

    public string PublicUrl { get; set; } = "http://127.0.0.1:7072";

    public EventLog Events { get; } = new();

    public FaultPlan Faults { get; } = new();

    public OddityPlan Oddities { get; } = new();

    public IReadOnlyCollection<SimAgreement> Agreements => agreements.Values;

    public IReadOnlyCollection<SimCharge> Charges => charges.Values;

    /// <summary>What was asked, without bodies: method, path, key, status, and the body's SHA-256.</summary>
    public IReadOnlyList<JsonObject> Requests => requests;

    /// <summary>Where what comes from outside is kept; null when these books end with the program.</summary>
    internal BooksJournal? Journal { get; set; }

    /// <summary>
    /// The one moment of whatever is being done. While catching up it is when a thing was due: a clock that jumps
    /// stamps nothing late.
    /// </summary>
    private DateTimeOffset Now => moment ?? clock.GetUtcNow();

    /// <summary>Does something under the lock, with everything done first that was due by now.</summary>
    public T With<T>(Func<PproBooks, T> act)
    {
        lock (gate)
        {
            return moment is null ? DoAt(clock.GetUtcNow(), act) : act(this);
        }
    }

    /// <summary>As <see cref="With"/>, for what the journal keeps: before anybody hears what came of it.</summary>
    private T Keep<T>(string kind, Func<PproBooks, T> act, Func<JsonObject> what, Func<T, string?> cameOf) =>
        With(it =>
        {
            var done = act(it);
            it.Journal?.Keep(new(it.Now, kind, what(), cameOf(done)));
            return done;
        });

    /// <summary>
    /// The earliest thing that is still to happen, deliveries included; not after now when something is under way.
    /// </summary>
    public DateTimeOffset? NextAt =>
        With(it =>
        {
            DateTimeOffset? own = it.later.TryPeek(out _, out var due) ? due.At : null;
            var delivery = it.Events.NextAt;
            return own is null || delivery < own ? delivery : own;
        });

    /// <summary>In which order is chance of its own: what is taken is not in the journal.</summary>
    public IReadOnlyList<SimEvent> TakeDueEvents() => With(it => it.Events.TakeDue(it.Now, it.order));

    public void Delivered(SimEvent happened, string outcome, bool hasArrived) =>
        Keep(
            "delivery",
            it =>
            {
                it.Events.Delivered(happened, outcome, hasArrived, it.Now);
                return happened.Id;
            },
            () =>
                new()
                {
                    ["event"] = happened.Id,
                    ["outcome"] = outcome,
                    ["hasArrived"] = hasArrived,
                },
            id => id
        );

    private void At(DateTimeOffset at, Action happen) => later.Enqueue(happen, (at, planned++));

    private T DoAt<T>(DateTimeOffset now, Func<PproBooks, T> act)
    {
        try
        {
            while (later.TryPeek(out var happen, out var due) && due.At <= now)
            {
                later.Dequeue();
                moment = due.At;
                happen();
            }

            moment = now;
            return act(this);
        }
        finally
        {
            moment = null;
        }
    }

    private void Publish(string type, string subject, string? url, JsonObject data)
    {
        data["type"] = type;
        Events.Publish(ids, Now, type, subject, url ?? settings.DefaultWebhooksUrl, data);
    }
}
