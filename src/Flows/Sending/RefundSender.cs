using Billing;
using Microsoft.Extensions.Logging;
using Ppro;
using Storage;

namespace Flows;

/// <summary>Sends a claimed refund and records what came of it, under the same rules as a charge.</summary>
public sealed class RefundSender(
    PproClient ppro,
    AgreementStore store,
    Deciding deciding,
    SendClock sendClock,
    ILogger<RefundSender> logger
)
{
    public async Task SendAsync(AgreementSession session, Claim claim, long start)
    {
        if (session.Current.FindOpenRefund(claim.Key) is not { } refund)
        {
            return;
        }

        var body = await store.ReadRefundBodyAsync(session.Current.Id, refund, CancellationToken.None);
        if (!sendClock.MayLeave(claim, start))
        {
            logger.ClaimTooOld(session.Current.Id, claim.Key);
            return;
        }

        var answer = await ppro.RefundAsync(refund.ChargeProviderId, body, refund.IdempotencyKey);
        await deciding.ChangeAsync(
            session,
            refund.ChargeKey,
            (it, charge, now) => it.SettleRefund(refund.Id, charge, answer, claim.Sends, now),
            CancellationToken.None
        );
        logger.RefundSent(session.Current.Id, refund.Id, claim.Sends, Answers.Describe(answer));
    }
}
