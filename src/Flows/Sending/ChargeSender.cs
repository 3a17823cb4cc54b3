using Billing;
using Microsoft.Extensions.Logging;
using Ppro;
using Storage;

namespace Flows.Sending;

/// <summary>
/// Sends a claimed charge and records what came of it. From the claim on nobody can call it off: only our own
/// timeouts end it, and an answer that is lost here is found again by a later look.
/// </summary>
public sealed class ChargeSender(
    PproClient ppro,
    AgreementStore store,
    AgreementChanges changes,
    SendCheck sendCheck,
    ILogger<ChargeSender> logger
)
{
    /// <param name="session">The agreement, with the claim committed.</param>
    /// <param name="claim">What entitles us to send, once.</param>
    /// <param name="start">The send clock's reading before the claim was written.</param>
    public async Task SendAsync(AgreementSession session, Claim claim, long start)
    {
        if (session.Current.FindOpen(claim.Key) is not { } attempt || session.Current.Provider.Id is not { } agreement)
        {
            return;
        }

        var body = claim.Body ?? await store.ReadBodyAsync(session.Current.Id, claim.Key, CancellationToken.None);
        if (await sendCheck.WhyNotAsync(claim, start) is { } why)
        {
            await changes.ChangeAsync(session, (it, now) => it.NotSent(claim, why, now), CancellationToken.None);
            logger.NotSent(session.Current.Id, claim.Key, why);
            return;
        }

        var answer = await sendCheck.UnderstandAsync(
            await ppro.ChargeAsync(agreement, body, attempt.IdempotencyKey),
            agreement
        );
        await changes.ChangeAsync(
            session,
            claim.Key,
            (it, current, now) => it.Settle(current, answer, claim, changes.Rules, now),
            CancellationToken.None
        );
        await sendCheck.NoteAsync(answer, session.Current.Id, attempt);
        logger.ChargeSent(session.Current.Id, claim.Key, claim.Sends, Answers.Describe(answer));
    }
}
