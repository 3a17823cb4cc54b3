using Billing;
using Microsoft.Extensions.Logging;
using Ppro;
using Storage;

namespace Flows;

/// <summary>
/// The queue's work: one event, one transaction. Applying an event a second time, or too late, finds nothing to
/// change; one that belongs to no agreement of ours is kept in quarantine.
/// </summary>
public sealed class ApplyPproEvent(
    AgreementStore store,
    EventOwners owners,
    EventQuarantine quarantine,
    Deciding deciding,
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
        if (key is not null && await AdoptRefundAsync(session, happened, key, cancellationToken))
        {
            logger.EventApplied(happened.Id, happened.Type, session.Current.Id, "refund made at PPRO adopted");
        }

        var committed = key is null
            ? await deciding.ChangeAsync(session, (it, now) => Kept(it.Apply(happened, null, now)), cancellationToken)
            : await deciding.ChangeAsync(
                session,
                key,
                (it, attempt, now) => Kept(it.Apply(happened, attempt, now)),
                cancellationToken
            );
        switch (committed.Outcome)
        {
            case CommitOutcome.AlreadyThere:
                logger.EventRepeated(happened.Id, happened.Type, session.Current.Id);
                return null;
            case CommitOutcome.Unchanged: // Every applied event leaves its row: there was nothing to apply it to.
                return "no such charge";
        }

        logger.EventApplied(happened.Id, happened.Type, session.Current.Id, effect);
        return null;

        Change Kept(Change change)
        {
            effect = EffectOf(session.Current, change.Agreement, key);
            return change.With(new Fact.NewEvent(happened.Id, happened.Type, queued.ReceivedAt, effect, queued.Raw));
        }
    }

    private async Task<bool> AdoptRefundAsync(
        AgreementSession session,
        PproEvent happened,
        string key,
        CancellationToken cancellationToken
    )
    {
        if (happened is not { Kind: PproEventKind.RefundSucceeded, RefundProviderId: { } id })
        {
            return false;
        }

        var committed = await deciding.ChangeAsync(
            session,
            LoadAsync,
            (it, loaded, now) => it.AdoptRefund(happened, loaded.Charge, loaded.Known, now),
            cancellationToken
        );
        return committed.Outcome is CommitOutcome.Committed;

        async Task<(Attempt? Charge, Refund? Known)> LoadAsync(Agreement agreement)
        {
            var refunds = new List<Refund>();
            foreach (var name in (string?[])[id, happened.RefundReference])
            {
                if (name is not null && await FindAsync(agreement.Id, Refund.IdOf(key, name)) is { } refund)
                {
                    refunds.Add(refund);
                }
            }

            return (
                agreement.FindOpen(key) ?? await store.FindAttemptAsync(agreement.Id, key, cancellationToken),
                Pairing.OursOf(id, happened.RefundReference, refunds)
            );
        }

        Task<Refund?> FindAsync(AgreementId agreement, string refund) =>
            store.FindRefundAsync(agreement, key, refund, cancellationToken);
    }

    /// <summary>What changed, in a few words, for people.</summary>
    private static string EffectOf(Agreement before, Agreement after, string? key)
    {
        if (before.Exception != after.Exception)
        {
            return $"exception: {after.Exception}";
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
