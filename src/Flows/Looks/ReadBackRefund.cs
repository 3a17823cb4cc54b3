using Billing;
using Flows.Sending;
using Microsoft.Extensions.Logging;
using Ppro;
using Storage;

namespace Flows.Looks;

/// <summary>
/// Asks PPRO what became of a refund: the charge's own list shows it by its id, or by our reference. Only a list that
/// does not show it, in this very look, may lead to one more send.
/// </summary>
public sealed class ReadBackRefund(
    PproClient ppro,
    RefundSender sender,
    SendOrder order,
    AgreementChanges changes,
    SendClock sendClock,
    ILogger<ReadBackRefund> logger
)
{
    public async Task RunAsync(AgreementSession session, string id, CancellationToken cancellationToken)
    {
        if (session.Current.FindOpenRefund(id) is not { } refund)
        {
            return;
        }

        var start = sendClock.Start();
        var answer = await ppro.ReadChargeAsync(refund.ChargeProviderId, cancellationToken);
        switch (answer)
        {
            case Answer<ChargeReading>.Said said when Pairing.TheirsOf(refund, said.Reading.Refunds) is { } theirs:
                await changes.ChangeAsync(
                    session,
                    refund.ChargeKey,
                    (it, charge, now) => it.HearRefund(id, charge, theirs, now),
                    cancellationToken
                );
                break;
            case Answer<ChargeReading>.Said or Answer<ChargeReading>.Refused { Refusal.Kind: RefusalKind.NotFound }:
                await NotFoundAsync(session, refund, start, cancellationToken);
                break;
            default:
                logger.ReadFailed(session.Current.Id, Answers.Describe(answer));
                await LookedAsync(session, refund, cancellationToken);
                break;
        }
    }

    /// <summary>PPRO's list does not show it, or PPRO does not know the charge at all.</summary>
    private Task NotFoundAsync(
        AgreementSession session,
        Refund refund,
        long start,
        CancellationToken cancellationToken
    ) =>
        order.AfterLookAsync(
            Toll.SwitchOnly,
            start,
            maySend =>
                changes.ChangeAsync(
                    session,
                    refund.ChargeKey,
                    (it, charge, now) => it.RefundNotFound(refund.Id, charge, maySend, changes.Rules, now),
                    cancellationToken
                ),
            (claim, since) => sender.SendAsync(session, claim, since),
            cancellationToken
        );

    /// <summary>
    /// Nothing was learnt; a refund that was never sent waits too, because the charge could not be read.
    /// </summary>
    private Task LookedAsync(AgreementSession session, Refund refund, CancellationToken cancellationToken) =>
        changes.ChangeAsync(
            session,
            refund.ChargeKey,
            (it, charge, now) => it.RefundLooked(refund.Id, charge, now),
            cancellationToken
        );
}
