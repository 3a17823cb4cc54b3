using System.Collections.Immutable;
using Billing;
using Microsoft.Extensions.Logging;
using Ppro;
using Storage;

namespace Flows;

/// <summary>
/// Asks PPRO what became of an attempt: by its id where we know it, otherwise by its reference. Only an empty search,
/// in this very look, may lead to one more send.
/// </summary>
public sealed class ReadBack(
    PproClient ppro,
    ChargeSender sender,
    ChargingGate gate,
    Deciding deciding,
    SendClock sendClock,
    ILogger<ReadBack> logger
)
{
    public Task RunAsync(AgreementSession session, string key, CancellationToken cancellationToken) =>
        session.Current.FindOpen(key) switch
        {
            null => Task.CompletedTask,
            { ProviderId: { } id } => ByIdAsync(session, key, id, cancellationToken),
            var attempt => ByReferenceAsync(session, key, attempt.Reference, cancellationToken),
        };

    private async Task ByIdAsync(AgreementSession session, string key, string id, CancellationToken cancellationToken)
    {
        var answer = await ppro.ReadChargeAsync(id, cancellationToken);
        if (answer is Answer<ChargeReading>.Said said)
        {
            await HearAsync(session, key, said.Reading, cancellationToken);
            return;
        }

        logger.ReadFailed(session.Current.Id, Answers.Describe(answer));
        await deciding.ChangeAsync(session, (it, now) => it.Looked(key, now), cancellationToken);
    }

    private async Task ByReferenceAsync(
        AgreementSession session,
        string key,
        string reference,
        CancellationToken cancellationToken
    )
    {
        var start = sendClock.Start();
        var answer = await ppro.FindChargesAsync(reference, cancellationToken);
        if (answer is not Answer<ImmutableArray<ChargeReading>>.Said said)
        {
            await deciding.ChangeAsync(session, (it, now) => it.Looked(key, now), cancellationToken);
            return;
        }

        var ours = said
            .Reading.Where(it =>
                it.AgreementProviderId is null || it.AgreementProviderId == session.Current.Provider.Id
            )
            .ToList();
        await (
            ours switch
            {
                [] => NotFoundAsync(session, key, start, cancellationToken),
                [var one] => HearAsync(session, key, one, cancellationToken),
                _ => deciding.ChangeAsync(
                    session,
                    (it, now) => it.FoundSeveral(key, ours.Count, now),
                    cancellationToken
                ),
            }
        );
    }

    private Task HearAsync(
        AgreementSession session,
        string key,
        ChargeReading reading,
        CancellationToken cancellationToken
    ) =>
        deciding.ChangeAsync(
            session,
            key,
            (it, attempt, now) => it.Hear(attempt, reading, deciding.Rules, now),
            cancellationToken
        );

    private async Task NotFoundAsync(
        AgreementSession session,
        string key,
        long start,
        CancellationToken cancellationToken
    )
    {
        var pass = await gate.EnterAsync(session.Current.FindOpen(key)?.Amount.MinorUnits ?? 0, cancellationToken);
        var committed = await deciding.ChangeAsync(
            session,
            (it, now) => it.NotFound(key, pass.WhyClosed is null, deciding.Rules, now),
            cancellationToken
        );
        if (committed.Claim is not { } claim)
        {
            gate.GiveBack(pass);
            return;
        }

        await sender.SendAsync(session, claim, start);
    }
}
