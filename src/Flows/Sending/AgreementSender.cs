using Billing;
using Microsoft.Extensions.Logging;
using Ppro;
using Storage;

namespace Flows;

/// <summary>Sends a claimed create and records what came of it, under the same rules as a charge.</summary>
public sealed class AgreementSender(
    PproClient ppro,
    AgreementStore store,
    Deciding deciding,
    SendClock sendClock,
    ILogger<AgreementSender> logger
)
{
    public async Task SendAsync(AgreementSession session, Claim claim, long start)
    {
        var agreement = session.Current;
        var body = await store.ReadCreateBodyAsync(agreement.Id, CancellationToken.None);
        if (!sendClock.MayLeave(claim, start))
        {
            logger.ClaimTooOld(agreement.Id, claim.Key);
            return;
        }

        var answer = await ppro.CreateAgreementAsync(body, agreement.Create.IdempotencyKey);
        await deciding.ChangeAsync(
            session,
            (it, now) => it.SettleCreate(answer, claim.Sends, now),
            CancellationToken.None
        );
        logger.AgreementSent(agreement.Id, claim.Sends, Answers.Describe(answer));
    }
}
