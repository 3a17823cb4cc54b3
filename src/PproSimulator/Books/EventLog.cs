using System.Text.Json.Nodes;

namespace PproSimulator;

/// <summary>What the webhooks do besides arriving: a switch of the control API.</summary>
public sealed record WebhookMode(string Mode, TimeSpan Delay, IReadOnlySet<string> Types)
{
    public static WebhookMode Normal { get; } = new("normal", TimeSpan.Zero, new HashSet<string>());

    public bool Covers(string type) => Types.Count is 0 || Types.Contains(type);
}

/// <summary>
/// All events, and when each is delivered. Retries follow the ladder; a retry does not hold up later events.
/// </summary>
public sealed class EventLog
{
    private readonly List<SimEvent> events = [];
    private readonly Dictionary<string, SimEvent> byId = [];
    private readonly List<SimEvent> waiting = [];

    public WebhookMode Mode { get; set; } = WebhookMode.Normal;

    public IReadOnlyList<SimEvent> All => events;

    public SimEvent? Find(string id) => byId.GetValueOrDefault(id);

    internal SimEvent Publish(Ids ids, DateTimeOffset now, string type, string subject, string? url, JsonObject data)
    {
        var mode = Mode.Covers(type) ? Mode : WebhookMode.Normal;
        var happened = new SimEvent
        {
            Id = ids.New(),
            Type = type,
            Subject = subject,
            Url = url,
            Time = now,
            Data = data,
            NextAt = url is null || mode.Mode is "drop" ? null : now + mode.Delay,
            IsDropped = mode.Mode is "drop",
            BreakSignature = mode.Mode is "breakSignature",
        };
        events.Add(happened);
        byId.Add(happened.Id, happened);
        if (happened.NextAt is not null)
        {
            waiting.Add(happened);
        }

        return happened;
    }

    /// <summary>Takes what is due into delivery, in order, or in any order while shuffling.</summary>
    public IReadOnlyList<SimEvent> TakeDue(DateTimeOffset now, Random random)
    {
        var due = waiting.Where(it => it.NextAt <= now && !it.IsUnderway).ToArray();
        if (Mode.Mode is "shuffle")
        {
            random.Shuffle(due);
        }

        foreach (var happened in due)
        {
            happened.IsUnderway = true;
        }

        return due;
    }

    /// <summary>
    /// Records what came of a delivery; when nothing came of it, the ladder says when the next one is.
    /// </summary>
    public void Delivered(SimEvent happened, string outcome, bool hasArrived, DateTimeOffset now)
    {
        happened.Attempts.Add(new(now, outcome));
        happened.IsUnderway = false;
        happened.HasArrived |= hasArrived;
        var failed = happened.Attempts.Count;
        var isAgain = hasArrived && Mode.Mode is "duplicate" && Mode.Covers(happened.Type) && failed < 2;
        happened.NextAt =
            isAgain ? now
            : hasArrived ? null
            : now + DeliveryRetries.WaitAfter(failed);
        if (happened.NextAt is null)
        {
            waiting.Remove(happened);
        }
    }

    public bool Redeliver(string id, DateTimeOffset now)
    {
        if (Find(id) is not { Url: not null } happened)
        {
            return false;
        }

        if (happened.NextAt is null)
        {
            waiting.Add(happened);
        }

        (happened.NextAt, happened.IsDropped) = (now, false);
        return true;
    }

    /// <summary>The earliest delivery; one that is under way is due now.</summary>
    public DateTimeOffset? NextAt => waiting.Count is 0 ? null : waiting.Min(it => it.NextAt);
}
