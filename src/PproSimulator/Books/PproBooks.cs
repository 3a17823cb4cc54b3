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
    private DateTimeOffset? dueAt;

    public BooksSettings Settings => settings;

    public string PublicUrl { get; set; } = "http://127.0.0.1:7072";

    public EventLog Events { get; } = new();

    public FaultPlan Faults { get; } = new();

    public OddityPlan Oddities { get; } = new();

    public IReadOnlyCollection<SimAgreement> Agreements => agreements.Values;

    public IReadOnlyCollection<SimCharge> Charges => charges.Values;

    /// <summary>What was asked, without bodies: method, path, key, status, and the body's SHA-256.</summary>
    public IReadOnlyList<JsonObject> Requests => requests;

    /// <summary>
    /// While catching up, the moment at which a thing was due: a clock that jumps stamps nothing late.
    /// </summary>
    private DateTimeOffset Now => dueAt ?? clock.GetUtcNow();

    /// <summary>Does something under the lock, with everything done first that was due by now.</summary>
    public T With<T>(Func<PproBooks, T> act)
    {
        lock (gate)
        {
            CatchUp();
            return act(this);
        }
    }

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

    public IReadOnlyList<SimEvent> TakeDueEvents() => With(it => it.Events.TakeDue(it.Now, random));

    public void Delivered(SimEvent happened, string outcome, bool hasArrived) =>
        With(it =>
        {
            it.Events.Delivered(happened, outcome, hasArrived, it.Now);
            return true;
        });

    /// <summary>The next charges or refunds (with this reference, or any) are declined.</summary>
    public void Decline(SimFailure failure, string? reference, int count, bool ofRefunds = false) =>
        With(it =>
        {
            it.declines.Add(new(failure, reference) { Left = count, OfRefunds = ofRefunds });
            return true;
        });

    private SimFailure? TakeDecline(string? reference, bool ofRefunds)
    {
        var planned = declines.Find(it =>
            it.OfRefunds == ofRefunds && (it.Reference is null || it.Reference == reference)
        );
        if (planned is { Left: <= 1 })
        {
            declines.Remove(planned);
        }

        if (planned is not null)
        {
            planned.Left--;
        }

        return planned?.Failure;
    }

    /// <summary>
    /// Charges and refunds executed from now on stay invisible to reads and searches for this long, and are done only
    /// then when so wished.
    /// </summary>
    public void Hide(TimeSpan period, bool isDoneThen = false) =>
        With(it =>
        {
            (it.hiddenFor, it.isDoneWhenShown) = (period, isDoneThen && period > TimeSpan.Zero);
            return true;
        });

    /// <summary>The next charges, refunds or revocations that it can befall meet this oddity.</summary>
    public void Expect(Oddity oddity, int count = 1) =>
        With(it =>
        {
            it.Oddities.Add(oddity, count);
            return true;
        });

    /// <summary>
    /// Reads of agreements show from now on what was so long ago; an agreement that was not there is not found.
    /// </summary>
    public void LagBehind(TimeSpan period) => With(it => it.lag = period);

    /// <summary>Requests are refused for so long: those that change one agreement, or all.</summary>
    public void Refuse(int status, TimeSpan lasts, string? agreement = null, bool readsToo = false) =>
        With(it =>
        {
            it.refusals.Add(new(status, it.Now + lasts, agreement, readsToo));
            return true;
        });

    /// <summary>Nothing is refused any more, and no read lags behind.</summary>
    public void BehaveAgain() =>
        With(it =>
        {
            it.refusals.Clear();
            it.Oddities.Clear();
            it.lag = TimeSpan.Zero;
            return true;
        });

    private void At(DateTimeOffset at, Action happen) => later.Enqueue(happen, (at, planned++));

    private void CatchUp()
    {
        var now = clock.GetUtcNow();
        try
        {
            while (later.TryPeek(out var happen, out var due) && due.At <= now)
            {
                later.Dequeue();
                dueAt = due.At;
                happen();
            }
        }
        finally
        {
            dueAt = null;
        }
    }

    private void Publish(string type, string subject, string? url, JsonObject data)
    {
        data["type"] = type;
        Events.Publish(ids, Now, type, subject, url ?? settings.DefaultWebhooksUrl, data);
    }
}
