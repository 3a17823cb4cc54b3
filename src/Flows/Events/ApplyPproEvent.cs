using Billing;
using Microsoft.Extensions.Logging;
using Ppro;
using Storage;

namespace Flows.Events;

/// <summary>
/// The queue's work: one event, one transaction. Applying an event a second time, or too late, finds nothing to
/// change; one that belongs to no agreement of ours is kept in quarantine.
/// </summary>
public sealed class ApplyPproEvent(
    AgreementStore store,
    EventOwners owners,
    EventQuarantine quarantine,
    AgreementChanges changes,
    ILogger<ApplyPproEvent> logger
)
{
    public async Task RunAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        var queued = QueuedEvent.Parse(message);
        var hindrance = queued is null ? EventQuarantine.NotOurs : await ApplyAsync(queued, cancellationToken);
        if (hindrance is not null)
        {
            await quarantine.KeepAsync(queued, message, hindrance, cancellationToken);
        }
    }

    /// <summary>
    /// The one way in which an event is applied, from the queue and from quarantine alike. Null when it is applied,
    /// now or before; otherwise why it cannot be, and then nothing has changed.
    /// </summary>
    public async Task<string?> ApplyAsync(QueuedEvent queued, CancellationToken cancellationToken)
    {
        if (!PproEventReader.TryRead(queued.Raw, out var happened))
        {
            return "unreadable";
        }

        if (happened.UnknownWord is { } word)
        {
            logger.UnknownWord(happened.Id, happened.Type, word);
        }

        var owner = await owners.FindAsync(happened, cancellationToken);
        return owner.Agreement is { } agreement && await store.OpenAsync(agreement, cancellationToken) is { } session
            ? await ApplyAsync(session, happened, owner.ChargeKey, queued, cancellationToken)
            : owner.WhyNone ?? "no such agreement";
    }

    private async Task<string?> ApplyAsync(
        AgreementSession session,
        PproEvent happened,
        string? key,
        QueuedEvent queued,
        CancellationToken cancellationToken
    )
    {
        if (happened.AgreementProviderId is { } id && session.Current.Provider.Id is { } known && id != known)
        {
            return "another agreement at PPRO has our reference";
        }

        var effect = string.Empty;
        var committed = await changes.ChangeAsync(
            session,
            it => LoadAsync(it, happened, key, cancellationToken),
            (it, loaded, now) =>
                key is not null && loaded.Charge is null
                    ? Change.None(it) // Every applied event leaves its row: there is nothing to apply it to.
                    : Kept(it.Apply(happened, loaded.Charge, loaded.Refund, now)),
            cancellationToken
        );
        switch (committed.Outcome)
        {
            case CommitOutcome.AlreadyThere:
                logger.EventRepeated(happened.Id, happened.Type, session.Current.Id);
                return null;
            case CommitOutcome.Unchanged:
                return "no such charge";
        }

        logger.EventApplied(happened.Id, happened.Type, session.Current.Id, effect);
        return null;

        Change Kept(Change change)
        {
            effect = EffectOf(session.Current, change.Agreement, key);
            return change.With(
                new Fact.NewEvent(happened.Id, happened.Type, queued.ReceivedAt, effect, queued.Raw)
                {
                    MovedMoney = change.Facts.Any(it => it is Fact.MoneyMoved),
                }
            );
        }
    }

    /// <summary>The charge that an event speaks of, and of its refunds the one; open or from their rows.</summary>
    private async Task<(Attempt? Charge, Refund? Refund)> LoadAsync(
        Agreement agreement,
        PproEvent happened,
        string? key,
        CancellationToken cancellationToken
    )
    {
        if (key is null)
        {
            return (null, null);
        }

        var charge = agreement.FindOpen(key) ?? await store.FindAttemptAsync(agreement.Id, key, cancellationToken);
        if (charge is null || happened.RefundOfWhich is not { } id)
        {
            return (charge, null);
        }

        var refunds = await store.ListRefundsAsync(agreement.Id, key, cancellationToken);
        return (charge, Pairing.OursOf(id, happened.RefundReference, refunds));
    }

    /// <summary>What changed, in a few words, for people.</summary>
    private static string EffectOf(Agreement before, Agreement after, string? key)
    {
        if (after.Stops.Except(before.Stops).FirstOrDefault() is { } stop)
        {
            return $"exception: {stop.Subject}: {stop.Reason}";
        }

        if (before.Status != after.Status)
        {
            return $"{before.Status?.ToString() ?? "none"} to {after.Status}";
        }

        if (key is null)
        {
            return "confirmed";
        }

        var (old, now) = (before.FindOpen(key)?.State, after.FindOpen(key)?.State);
        return old == now ? "nothing new" : $"{key}: {old?.ToString() ?? "closed"} to {now?.ToString() ?? "closed"}";
    }
}
