using Flows.Events;
using Flows.Replies;
using Flows.Requests;
using Microsoft.Extensions.Logging;
using Storage;

namespace Flows.Operations;

/// <summary>
/// An operator lets events in quarantine be applied once more, by the very way in which the queue applies them. So a
/// replay that is repeated, or runs twice at once, has one effect. What is applied leaves quarantine; what is not
/// stays, with the newest reason.
/// </summary>
public sealed class ReplayQuarantine(
    Quarantine quarantine,
    ApplyPproEvent applyPproEvent,
    OperatorActions operatorActions,
    TimeProvider clock,
    ILogger<ReplayQuarantine> logger
)
{
    private const int MaxEvents = 50;

    /// <summary>An HTTP call must end, also when PPRO is silent about every event.</summary>
    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(60);

    public async Task<Reply> OneAsync(
        WhoAsks who,
        string day,
        string id,
        ReadOnlyMemory<byte>? bytes,
        CancellationToken cancellationToken
    )
    {
        var (wish, problem) = OperatorsWish.Read(who, bytes);
        if (wish is null)
        {
            return problem!;
        }

        return
            QuarantineKey.TryCreate(day, id) is { } key
            && await quarantine.FindAsync(key, cancellationToken) is { } kept
            ? ReplyOf([await ReplayAsync(kept, wish, cancellationToken)], null)
            : Problems.NotQuarantined();
    }

    public async Task<Reply> AllAsync(
        WhoAsks who,
        string? pageToken,
        ReadOnlyMemory<byte>? bytes,
        CancellationToken cancellationToken
    )
    {
        var after = pageToken is null ? null : QuarantineKey.TryParse(pageToken);
        if (pageToken is not null && after is null)
        {
            return Problems.BadQuery("pageToken must be the nextPageToken of an earlier call.");
        }

        var (wish, problem) = OperatorsWish.Read(who, bytes);
        if (wish is null)
        {
            return problem!;
        }

        var kept = await quarantine.ListAsync(after, MaxEvents + 1, cancellationToken);
        var (replayed, start) = (new List<Replayed>(), clock.GetTimestamp());
        foreach (var one in kept.Take(MaxEvents).TakeWhile(_ => clock.GetElapsedTime(start) < MaxTime))
        {
            replayed.Add(await ReplayAsync(one, wish, cancellationToken));
        }

        return ReplyOf(replayed, kept.Count > replayed.Count ? replayed[^1].Kept.Key : null);
    }

    /// <summary>The action is written down first: dying between the two repeats it, and forgets nothing.</summary>
    private async Task<Replayed> ReplayAsync(
        QuarantinedEvent kept,
        OperatorsWish wish,
        CancellationToken cancellationToken
    )
    {
        var hindrance = await TryApplyAsync(kept, cancellationToken);
        var (now, outcome) = (clock.GetUtcNow(), hindrance ?? "applied");
        var action = new OperatorAction(
            now,
            "replay",
            wish.Actor,
            wish.Reason,
            $"in quarantine: {kept.Reason}",
            outcome
        )
        {
            Subject = kept.Key.ToString(),
        };
        await operatorActions.AddAsync(OperatorActions.Quarantine, action, cancellationToken);
        logger.EventReplayed(wish.Actor, kept.EventId, kept.Type, outcome);
        if (hindrance is null)
        {
            await quarantine.RemoveAsync(kept, cancellationToken);
            return new(kept, IsApplied: true);
        }

        return new(await LeaveAsync(kept, hindrance, now, cancellationToken), IsApplied: false);
    }

    /// <summary>A failure is a reason like any other: it must not stop the replay of the others.</summary>
    private async Task<string?> TryApplyAsync(QuarantinedEvent kept, CancellationToken cancellationToken)
    {
        if (kept.ReceivedAt is not { } receivedAt)
        {
            return EventQuarantine.NotOurs; // Nobody has verified it.
        }

        try
        {
            return await applyPproEvent.ApplyAsync(new(receivedAt, kept.Raw), cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            return $"failed: {e.GetType().Name}";
        }
    }

    /// <summary>Every try counts, also when two hands try at once.</summary>
    private async Task<QuarantinedEvent> LeaveAsync(
        QuarantinedEvent kept,
        string reason,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        const int MaxTries = 5;
        QuarantinedEvent? newest = kept;
        for (var attempt = 0; attempt < MaxTries && newest is not null; attempt++)
        {
            if (await quarantine.LeaveAsync(newest, reason, now, cancellationToken))
            {
                break;
            }

            newest = await quarantine.FindAsync(kept.Key, cancellationToken);
        }

        return (newest ?? kept) with
        {
            Reason = reason,
            Tries = (newest ?? kept).Tries + 1,
            TriedAt = now,
        };
    }

    private static Reply ReplyOf(IReadOnlyList<Replayed> replayed, QuarantineKey? next)
    {
        var left = replayed.Where(it => !it.IsApplied).Select(it => QuarantinedEventView.Of(it.Kept));
        var view = new ReplayView(replayed.Count(it => it.IsApplied), [.. left]) { NextPageToken = next?.ToString() };
        return Reply.Json(200, view, StorefrontJson.Readable.ReplayView);
    }

    private sealed record Replayed(QuarantinedEvent Kept, bool IsApplied);
}
