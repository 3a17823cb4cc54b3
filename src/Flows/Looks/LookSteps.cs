using System.Diagnostics;
using Billing;
using Flows.Sending;
using Storage;

namespace Flows.Looks;

/// <summary>Carries out what the agenda asks for. Every step leaves something that moves the agenda on.</summary>
public sealed class LookSteps(
    ReadAgreement readAgreement,
    ReadBack readBack,
    ReadBackRefund readBackRefund,
    RevokeAgreement revokeAgreement,
    RefundAgain refundAgain,
    ChargeIntents intents,
    ChargeSender sender,
    SendOrder order,
    AgreementChanges changes
)
{
    /// <summary>Null when the step was taken; otherwise why the charging gate refuses it.</summary>
    public Task<string?> TakeAsync(AgreementSession session, LookStep step, CancellationToken cancellationToken) =>
        step switch
        {
            LookStep.Charge charge => ChargeAsync(session, charge.Due, cancellationToken),
            LookStep.Send send => SendAsync(session, send.Key, cancellationToken),
            LookStep.RetryRefund retry => refundAgain.RetryAsync(session, retry.Id, cancellationToken),
            LookStep.RefundLate late => refundAgain.RefundLateAsync(session, late.ChargeKey, cancellationToken),
            _ => TakeFreelyAsync(session, step, cancellationToken),
        };

    private async Task<string?> TakeFreelyAsync(
        AgreementSession session,
        LookStep step,
        CancellationToken cancellationToken
    )
    {
        await (
            step switch
            {
                LookStep.Read => readAgreement.RunAsync(session, cancellationToken),
                LookStep.Revoke => revokeAgreement.RunAsync(session, cancellationToken),
                LookStep.ReadBack back => readBack.RunAsync(session, back.Key, cancellationToken),
                LookStep.ReadBackRefund back => readBackRefund.RunAsync(session, back.Id, cancellationToken),
                LookStep.Close => changes.ChangeAsync(
                    session,
                    (it, now) => it.Close(changes.Rules, now),
                    cancellationToken
                ),
                LookStep.Cancel => changes.ChangeAsync(
                    session,
                    (it, now) => it.CancelAsScheduled(now),
                    cancellationToken
                ),
                LookStep.Complete => changes.ChangeAsync(
                    session,
                    (it, now) => it.Complete(changes.Rules, now),
                    cancellationToken
                ),
                LookStep.Drop drop => changes.ChangeAsync(
                    session,
                    (it, now) => it.Drop(drop.Key, now),
                    cancellationToken
                ),
                LookStep.EndDunning => changes.ChangeAsync(session, (it, now) => it.EndDunning(now), cancellationToken),
                LookStep.Skip skip => changes.ChangeAsync(
                    session,
                    (it, now) => it.Skip(skip.Through, skip.Reason, now),
                    cancellationToken
                ),
                _ => throw new UnreachableException(),
            }
        );
        return null;
    }

    /// <summary>
    /// Decided again on what is there at the commit: the period that was due may have been taken by then.
    /// </summary>
    private Task<string?> ChargeAsync(AgreementSession session, DuePeriod seen, CancellationToken cancellationToken) =>
        PassAsync(
            session,
            seen.Amount,
            (it, now) =>
                Agenda.DueStep(it, changes.Rules, now) is LookStep.Charge { Due: var due } && due.Amount == seen.Amount
                    ? it.ClaimPeriod(due, intents.ForPeriod(it, due), now)
                    : Change.None(it),
            cancellationToken
        );

    private Task<string?> SendAsync(AgreementSession session, string key, CancellationToken cancellationToken) =>
        session.Current.FindOpen(key) is { } attempt
            ? PassAsync(session, attempt.Amount, (it, now) => it.SendUnsent(key, changes.Rules, now), cancellationToken)
            : Task.FromResult<string?>(null);

    private async Task<string?> PassAsync(
        AgreementSession session,
        Money amount,
        Func<Agreement, DateTimeOffset, Change> claim,
        CancellationToken cancellationToken
    )
    {
        var ordered = await order.RunAsync(
            Toll.Of(amount),
            () => changes.ChangeAsync(session, claim, cancellationToken),
            (claimed, start) => sender.SendAsync(session, claimed, start),
            cancellationToken
        );
        return ordered.WhyClosed;
    }
}
