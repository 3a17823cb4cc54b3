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
    Quarantine quarantine,
    Deciding deciding,
    ILogger<ApplyPproEvent> logger
)
{
    public async Task RunAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        if (QueuedEvent.Parse(message) is not { } queued)
        {
            await KeepAsync(
                ShortHash.Of(Convert.ToBase64String(message.Span)),
                "?",
                "not a message of ours",
                message,
                cancellationToken
            );
            return;
        }

        if (!PproEventReader.TryRead(queued.Raw, out var happened))
        {
            var id = ShortHash.Of(Convert.ToBase64String(queued.Raw.Span));
            await KeepAsync(id, "?", "unreadable", queued.Raw, cancellationToken);
            return;
        }

        var owner = await owners.FindAsync(happened, cancellationToken);
        if (owner.Agreement is { } agreement && await store.OpenAsync(agreement, cancellationToken) is { } session)
        {
            await ApplyAsync(session, happened, owner.ChargeKey, queued, cancellationToken);
            return;
        }

        await KeepAsync(
            happened.Id,
            happened.Type,
            owner.WhyNone ?? "no such agreement",
            queued.Raw,
            cancellationToken
        );
    }

    private async Task ApplyAsync(
        AgreementSession session,
        PproEvent happened,
        string? key,
        QueuedEvent queued,
        CancellationToken cancellationToken
    )
    {
        if (happened.AgreementProviderId is { } id && session.Current.Provider.Id is { } known && id != known)
        {
            await KeepAsync(
                happened.Id,
                happened.Type,
                "another agreement at PPRO has our reference",
                queued.Raw,
                cancellationToken
            );
            return;
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
                return;
            case CommitOutcome.Unchanged: // Every applied event leaves its row: there was nothing to apply it to.
                await KeepAsync(happened.Id, happened.Type, "no such charge", queued.Raw, cancellationToken);
                return;
        }

        logger.EventApplied(happened.Id, happened.Type, session.Current.Id, effect);

        Change Kept(Change change)
        {
            effect = EffectOf(session.Current, change.Agreement, key);
            return change.With(new Fact.NewEvent(happened.Id, happened.Type, queued.ReceivedAt, effect, queued.Raw));
        }
    }

    /// <summary>
    /// A refund that succeeded and that we never asked for was made in PPRO's portal. Its row is inserted, so that
    /// a repeated event is not counted twice. One of ours that we had closed is an exception.
    /// </summary>
    private async Task<bool> AdoptRefundAsync(
        AgreementSession session,
        PproEvent happened,
        string key,
        CancellationToken cancellationToken
    )
    {
        if (
            happened
            is not {
                Kind: PproEventKind.RefundSucceeded,
                RefundProviderId: { } id,
                AmountMinorUnits: > 0 and var amount
            }
        )
        {
            return false;
        }

        var committed = await deciding.ChangeAsync(
            session,
            LoadAsync,
            (it, loaded, now) =>
                loaded switch
                {
                    (null, _) => Change.None(it),
                    ({ } charge, _) when it.FindOpenRefund(happened, charge) is not null => Change.None(it),
                    ({ } charge, { } closed) => it.HearClosedRefund(closed, charge, id, now),
                    ({ } charge, null) => it.AdoptRefund(charge, id, happened.RefundReference ?? id, amount, now),
                },
            cancellationToken
        );
        return committed.Outcome is CommitOutcome.Committed;

        async Task<(Attempt? Charge, Refund? Known)> LoadAsync(Agreement agreement)
        {
            var refundId = Refund.IdOf(key, happened.RefundReference ?? id);
            return (
                agreement.FindOpen(key) ?? await store.FindAttemptAsync(agreement.Id, key, cancellationToken),
                await store.FindRefundAsync(agreement.Id, key, refundId, cancellationToken)
            );
        }
    }

    /// <summary>What changed, in a few words, for people.</summary>
    private static string EffectOf(Agreement before, Agreement after, string? key)
    {
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

    private async Task KeepAsync(
        string id,
        string type,
        string reason,
        ReadOnlyMemory<byte> raw,
        CancellationToken cancellationToken
    )
    {
        await quarantine.KeepAsync(id, type, reason, raw, deciding.Now, cancellationToken);
        logger.EventQuarantined(id, type, reason);
    }
}
