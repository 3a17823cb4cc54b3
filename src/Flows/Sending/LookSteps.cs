using System.Diagnostics;
using Billing;
using Storage;

namespace Flows;

/// <summary>Carries out what the agenda asks for. Every step leaves something that moves the agenda on.</summary>
public sealed class LookSteps(
    ReadAgreement readAgreement,
    ReadBack readBack,
    ReadBackRefund readBackRefund,
    RevokeAgreement revokeAgreement,
    ChargeIntents intents,
    ChargeSender sender,
    Deciding deciding,
    SendClock sendClock
)
{
    public Task TakeAsync(AgreementSession session, LookStep step, CancellationToken cancellationToken) =>
        step switch
        {
            LookStep.Read => readAgreement.RunAsync(session, cancellationToken),
            LookStep.Close => deciding.ChangeAsync(session, (it, now) => it.Close(now), cancellationToken),
            LookStep.Cancel => deciding.ChangeAsync(
                session,
                (it, now) => it.Cancel(new(now, EndedBy.Storefront, "at the end of the period"), now),
                cancellationToken
            ),
            LookStep.Revoke => revokeAgreement.RunAsync(session, cancellationToken),
            LookStep.ReadBack back => readBack.RunAsync(session, back.Key, cancellationToken),
            LookStep.ReadBackRefund back => readBackRefund.RunAsync(session, back.Id, cancellationToken),
            LookStep.Send send => SendAsync(session, send.Key, cancellationToken),
            LookStep.Drop drop => deciding.ChangeAsync(session, (it, now) => it.Drop(drop.Key, now), cancellationToken),
            LookStep.Skip skip => deciding.ChangeAsync(
                session,
                (it, now) => it.Skip(skip.Through, skip.Reason, now),
                cancellationToken
            ),
            LookStep.Charge => ChargeAsync(session, cancellationToken),
            _ => throw new UnreachableException(),
        };

    /// <summary>
    /// Decided again on what is there at the commit: the period that was due may have been taken by then.
    /// </summary>
    private async Task ChargeAsync(AgreementSession session, CancellationToken cancellationToken)
    {
        var start = sendClock.Start();
        var committed = await deciding.ChangeAsync(
            session,
            (it, now) =>
                Agenda.DueStep(it, deciding.Rules, now) is LookStep.Charge { Due: var due }
                    ? it.ClaimPeriod(due, intents.ForPeriod(it, due), now)
                    : Change.None(it),
            cancellationToken
        );
        if (committed.Claim is { } claim)
        {
            await sender.SendAsync(session, claim, start);
        }
    }

    private async Task SendAsync(AgreementSession session, string key, CancellationToken cancellationToken)
    {
        var start = sendClock.Start();
        var committed = await deciding.ChangeAsync(
            session,
            (it, now) => it.MayCharge ? it.Reclaim(key, now) : it.Postpone(key, now + ChargingGate.LookAgain, now),
            cancellationToken
        );
        if (committed.Claim is { } claim)
        {
            await sender.SendAsync(session, claim, start);
        }
    }
}
