using System.Collections.Immutable;
using Billing;
using Flows.Sending;
using Microsoft.Extensions.Logging;
using Ppro;
using Storage;

namespace Flows.Looks;

/// <summary>
/// Asks PPRO what became of an attempt: by its id where we know it, otherwise by its reference. Only an empty search,
/// in this very look, may lead to one more send.
/// </summary>
public sealed class ReadBack(
    PproClient ppro,
    ChargeSender sender,
    SendOrder order,
    AgreementChanges changes,
    SendClock sendClock,
    ILogger<ReadBack> logger
)
{
    public Task RunAsync(AgreementSession session, string key, CancellationToken cancellationToken) =>
        session.Current.FindOpen(key) switch
        {
            null => Task.CompletedTask,
            { ProviderId: not null } attempt => ByIdAsync(session, attempt, cancellationToken),
            var attempt => ByReferenceAsync(session, attempt, cancellationToken),
        };

    /// <summary>Where PPRO has no charge of the id that it once answered, it is looked for by its reference.</summary>
    private async Task ByIdAsync(AgreementSession session, Attempt attempt, CancellationToken cancellationToken)
    {
        var answer = await ppro.ReadChargeAsync(attempt.ProviderId!, cancellationToken);
        switch (answer)
        {
            case Answer<ChargeReading>.Said said:
                await HearAsync(session, attempt.Key, said.Reading, cancellationToken);
                break;
            case Answer<ChargeReading>.Refused { Refusal.Kind: RefusalKind.NotFound }:
                await ByReferenceAsync(session, attempt with { ProviderId = null }, cancellationToken);
                break;
            default:
                logger.ReadFailed(session.Current.Id, Answers.Describe(answer));
                await LookedAsync(session, attempt.Key, cancellationToken);
                break;
        }
    }

    private async Task ByReferenceAsync(AgreementSession session, Attempt attempt, CancellationToken cancellationToken)
    {
        var start = sendClock.Start();
        var answer = await ppro.FindChargesAsync(attempt.Reference, cancellationToken);
        await (
            answer is Answer<ImmutableArray<ChargeReading>>.Said said
                ? FoundAsync(
                    session,
                    attempt,
                    SearchResult.Of(attempt, session.Current, said.Reading),
                    start,
                    cancellationToken
                )
                : LookedAsync(session, attempt.Key, cancellationToken)
        );
    }

    private Task FoundAsync(
        AgreementSession session,
        Attempt attempt,
        SearchResult found,
        long start,
        CancellationToken cancellationToken
    ) =>
        found switch
        {
            { Ours: [var one] } => HearFoundAsync(session, attempt, one, cancellationToken),
            { Ours: [_, _, ..] several } => changes.ChangeAsync(
                session,
                attempt.Key,
                (it, current, now) => it.HearSeveral(current, several, changes.Rules, now),
                cancellationToken
            ),
            { IsUnclear: true } => changes.ChangeAsync(
                session,
                (it, now) => it.FoundUnclear(attempt.Key, changes.Rules, now),
                cancellationToken
            ),
            _ => NotFoundAsync(session, attempt.Key, start, cancellationToken),
        };

    private Task HearAsync(
        AgreementSession session,
        string key,
        ChargeReading reading,
        CancellationToken cancellationToken
    ) =>
        changes.ChangeAsync(
            session,
            key,
            (it, attempt, now) => it.Hear(attempt, reading, changes.Rules, now),
            cancellationToken
        );

    /// <summary>What was looked for without an id, because PPRO has none of the one we knew, is heard so too.</summary>
    private Task HearFoundAsync(
        AgreementSession session,
        Attempt asked,
        ChargeReading reading,
        CancellationToken cancellationToken
    )
    {
        var unknown = session.Current.FindOpen(asked.Key)?.ProviderId;
        return changes.ChangeAsync(
            session,
            asked.Key,
            (it, attempt, now) =>
                it.Hear(
                    attempt.ProviderId == unknown ? attempt with { ProviderId = null } : attempt,
                    reading,
                    changes.Rules,
                    now
                ),
            cancellationToken
        );
    }

    private Task LookedAsync(AgreementSession session, string key, CancellationToken cancellationToken) =>
        changes.ChangeAsync(session, (it, now) => it.Looked(key, now), cancellationToken);

    private Task NotFoundAsync(AgreementSession session, string key, long start, CancellationToken cancellationToken) =>
        order.AfterLookAsync(
            Toll.Of(session.Current.FindOpen(key)?.Amount),
            start,
            maySend =>
                changes.ChangeAsync(
                    session,
                    (it, now) => it.NotFound(key, maySend, changes.Rules, now),
                    cancellationToken
                ),
            (claim, since) => sender.SendAsync(session, claim, since),
            cancellationToken
        );
}
