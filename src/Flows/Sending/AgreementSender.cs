using Billing;
using Microsoft.Extensions.Logging;
using Ppro;
using Storage;

namespace Flows.Sending;

/// <summary>Sends a claimed create and records what came of it, under the same rules as a charge.</summary>
public sealed class AgreementSender(
    PproClient ppro,
    AgreementStore store,
    AgreementChanges changes,
    SendCheck sendCheck,
    ILogger<AgreementSender> logger
)
{
    public async Task SendAsync(AgreementSession session, Claim claim, long start)
    {
        var agreement = session.Current;
        var body = claim.Body ?? await store.ReadCreateBodyAsync(agreement.Id, CancellationToken.None);
        var movesMoney = agreement.Terms.InitialCharge is not null;
        if (await sendCheck.WhyNotAsync(claim, start, movesMoney) is { } why)
        {
            await changes.ChangeAsync(session, (it, _) => it.CreateNotSent(claim, why), CancellationToken.None);
            logger.NotSent(agreement.Id, claim.Key, why);
            return;
        }

        var answer = await sendCheck.UnderstandAsync(
            await ppro.CreateAgreementAsync(body, agreement.Create.IdempotencyKey),
            agreement.Provider.Id
        );
        await changes.ChangeAsync(session, (it, now) => it.SettleCreate(answer, claim, now), CancellationToken.None);
        await sendCheck.NoteAsync(answer);
        logger.AgreementSent(agreement.Id, claim.Sends, Answers.Describe(answer));
    }
}
