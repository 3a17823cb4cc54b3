using Billing;
using Flows.Sending;
using Ppro;
using Storage;

namespace Flows.Looks;

/// <summary>Sends refunds that nobody asks for anew: those that PPRO wanted later, and those that are owed.</summary>
public sealed class RefundAgain(AgreementStore store, RefundSender sender, SendOrder order, AgreementChanges changes)
{
    /// <summary>Null when it was sent, or is no more to be sent; otherwise why the charging gate refuses it.</summary>
    public async Task<string?> RetryAsync(AgreementSession session, string id, CancellationToken cancellationToken)
    {
        if (session.Current.FindOpenRefund(id) is not { } refund)
        {
            return null;
        }

        var earlier = await store.ReadRefundBodyAsync(session.Current.Id, refund, cancellationToken);
        var reference = RefundNames.OfNext(session.Current.Id, refund);
        var intent = Intend(session.Current.Id, refund.ChargeKey, reference, RefundBody.Again(earlier, reference));
        return await SendAsync(
            session,
            refund.ChargeKey,
            (it, charge, now) => it.ClaimRefundAgain(id, charge, intent, now),
            cancellationToken
        );
    }

    /// <summary>
    /// Refunds the first charge of an agreement that was closed before it became active. Null when it was
    /// sent, or is no more to be sent; otherwise why the charging gate refuses it.
    /// </summary>
    public async Task<string?> RefundLateAsync(
        AgreementSession session,
        string chargeKey,
        CancellationToken cancellationToken
    )
    {
        var id = session.Current.Id;
        var reference = RefundNames.OfOwed(id, chargeKey);
        return await SendAsync(
            session,
            chargeKey,
            (it, charge, now) =>
                it.ClaimOwedRefund(
                    charge,
                    Intend(id, chargeKey, reference, RefundBody.Of(charge.RefundableMinorUnits, reference)),
                    now
                ),
            cancellationToken
        );
    }

    private static RefundIntent Intend(
        AgreementId agreement,
        string chargeKey,
        string reference,
        ReadOnlyMemory<byte> body
    )
    {
        var id = Refund.IdOf(chargeKey, reference);
        return new(id, reference, IdempotencyKey.From(agreement.Value, chargeKey, "refund", id), body);
    }

    private async Task<string?> SendAsync(
        AgreementSession session,
        string chargeKey,
        Func<Agreement, Attempt, DateTimeOffset, Change> claim,
        CancellationToken cancellationToken
    )
    {
        var ordered = await order.RunAsync(
            Toll.SwitchOnly,
            () => changes.ChangeAsync(session, chargeKey, claim, cancellationToken),
            (claimed, start) => sender.SendAsync(session, claimed, start),
            cancellationToken
        );
        return ordered.WhyClosed;
    }
}
