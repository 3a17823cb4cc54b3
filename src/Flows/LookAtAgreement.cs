using Billing;
using Microsoft.Extensions.Logging;
using Storage;

namespace Flows;

/// <summary>
/// One visit of an agreement: take what is due, step by step, then put the baton down as a wake-up. The message that
/// brought us here is only done when that wake-up is written; a crash anywhere before brings us here again.
/// </summary>
public sealed class LookAtAgreement(
    AgreementStore store,
    WakeUps wakeUps,
    LookSteps steps,
    ChargingGate gate,
    Deciding deciding,
    ILogger<LookAtAgreement> logger
)
{
    private const int MaxSteps = 30;

    public async Task RunAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        if (LookMessage.Parse(message) is not { } id)
        {
            logger.UnreadableMessage(StoreNames.DueAgreements);
            return;
        }

        if (await store.OpenAsync(id, cancellationToken) is not { } session)
        {
            logger.NothingToLookAt(id);
            return;
        }

        session = session.WithBaton();
        var taken = 0;
        while (taken < MaxSteps && Agenda.DueStep(session.Current, deciding.Rules, deciding.Now) is { } step)
        {
            if (step.SendsFirst && gate.WhyClosed is { } why)
            {
                await RefuseAsync(id, why, cancellationToken);
                return;
            }

            await steps.TakeAsync(session, step, cancellationToken);
            taken++;
        }

        await PassBatonAsync(session, cancellationToken);
        logger.Looked(id, taken, session.Current.NextLookAt);
    }

    /// <summary>What is due stays due: the wake-up is written ahead, and no other row.</summary>
    private async Task RefuseAsync(AgreementId id, string why, CancellationToken cancellationToken)
    {
        await wakeUps.SucceedAsync(id, deciding.Now + ChargingGate.LookAgain, cancellationToken);
        logger.ChargingRefused(id, why);
    }

    private async Task PassBatonAsync(AgreementSession session, CancellationToken cancellationToken)
    {
        await deciding.ChangeAsync(session, Replan, cancellationToken);
        if (session.Current.NextLookAt is { } next)
        {
            await wakeUps.SucceedAsync(session.Current.Id, next, cancellationToken);
        }
    }

    /// <summary>
    /// The stored next look may have passed, or a nearer one may have come up: then the new one is stored.
    /// </summary>
    private Change Replan(Agreement agreement, DateTimeOffset now)
    {
        var next = Agenda.NextLookAt(agreement, deciding.Rules, now);
        var isStillAhead = agreement.NextLookAt > now && next >= agreement.NextLookAt;
        return isStillAhead || agreement.NextLookAt == next
            ? Change.None(agreement)
            : Change.To(agreement with { NextLookAt = next });
    }
}
