using Billing;
using Microsoft.Extensions.Logging;
using Ppro;
using Storage;

namespace Flows.Sending;

/// <summary>Sends a claimed refund and records what came of it, under the same rules as a charge.</summary>
public sealed class RefundSender(
    PproClient ppro,
    AgreementStore store,
    AgreementChanges changes,
    SendCheck sendCheck,
    ILogger<RefundSender> logger
)
{
    public async Task SendAsync(AgreementSession session, Claim claim, long start)
    {
        if (session.Current.FindOpenRefund(claim.Key) is not { } refund)
        {
            return;
        }

        var body = claim.Body ?? await store.ReadRefundBodyAsync(session.Current.Id, refund, CancellationToken.None);
        if (await sendCheck.WhyNotAsync(claim, start) is { } why)
        {
            await ChangeAsync(session, refund, (it, charge, now) => it.RefundNotSent(claim, charge, why, now));
            logger.NotSent(session.Current.Id, claim.Key, why);
            return;
        }

        var answer = await sendCheck.UnderstandAsync(
            await ppro.RefundAsync(refund.ChargeProviderId, body, refund.IdempotencyKey),
            session.Current.Provider.Id
        );
        await ChangeAsync(session, refund, (it, charge, now) => it.SettleRefund(claim, charge, answer, now));
        await sendCheck.NoteAsync(answer);
        logger.RefundSent(session.Current.Id, refund.Id, claim.Sends, Answers.Describe(answer));
    }

    private Task ChangeAsync(
        AgreementSession session,
        Refund refund,
        Func<Agreement, Attempt, DateTimeOffset, Change> decide
    ) => changes.ChangeAsync(session, refund.ChargeKey, decide, CancellationToken.None);
}
