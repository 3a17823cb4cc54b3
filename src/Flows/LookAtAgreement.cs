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
        var (taken, refused) = await TakeStepsAsync(session, cancellationToken);
        if (refused is null)
        {
            await PassBatonAsync(session, cancellationToken);
            logger.Looked(id, taken, session.Current.NextLookAt);
        }
        else
        {
            await WaitAsync(session.Current, cancellationToken);
            logger.ChargingRefused(id, refused);
        }
    }

    /// <summary>Once the charging gate has refused a step, those that ask for no money still go on.</summary>
    private async Task<(int Taken, string? Refused)> TakeStepsAsync(
        AgreementSession session,
        CancellationToken cancellationToken
    )
    {
        string? refused = null;
        for (var taken = 0; ; taken++)
        {
            var step = Agenda.DueStep(session.Current, deciding.Rules, deciding.Now, mayAsk: refused is null);
            if (step is null)
            {
                return (taken, refused);
            }

            if (taken == MaxSteps)
            {
                logger.StepsLeft(session.Current.Id, taken, step);
                return (taken, refused);
            }

            refused = await steps.TakeAsync(session, step, cancellationToken) ?? refused;
        }
    }

    /// <summary>What is due stays due: the wake-up is written ahead, and no other row.</summary>
    private Task WaitAsync(Agreement agreement, CancellationToken cancellationToken)
    {
        var again = ChargingGate.LookAgainAt(agreement.Id, deciding.Now);
        var other = Agenda.NextLookAt(agreement, deciding.Rules, deciding.Now, mayAsk: false);
        return wakeUps.SucceedAsync(agreement.Id, other < again ? other.Value : again, cancellationToken);
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
