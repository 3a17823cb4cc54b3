using Azure;
using Billing;
using Flows.Sending;
using Microsoft.Extensions.Logging;
using Storage;

namespace Flows.Looks;

/// <summary>
/// One visit of an agreement: take what is due, step by step, then put the baton down as a wake-up. The message that
/// brought us here is only done when that wake-up is written; a crash anywhere before brings us here again.
/// </summary>
public sealed class LookAtAgreement(
    AgreementStore store,
    WakeUps wakeUps,
    LookSteps steps,
    AgreementChanges changes,
    ILogger<LookAtAgreement> logger
)
{
    private const int MaxSteps = 30;

    /// <summary>A step that is due again so often in one look goes in a circle.</summary>
    private const int MaxTimes = 5;

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
        List<string> names = [];
        for (var taken = 0; ; taken++)
        {
            var step = Agenda.DueStep(session.Current, changes.Rules, changes.Now, mayAsk: refused is null);
            if (step is null)
            {
                return (taken, refused);
            }

            if (taken == MaxSteps)
            {
                logger.StepsLeft(session.Current.Id, taken, step);
                return (taken, refused);
            }

            names.Add(step.Name);
            if (names.Count(it => it == step.Name) > MaxTimes)
            {
                logger.StepFailed(null, session.Current.Id, step.Name);
                await LeaveAsync(session, step, "it does not end", cancellationToken);
                continue;
            }

            refused = await TakeStepAsync(session, step, cancellationToken) ?? refused;
        }
    }

    /// <summary>
    /// A step that fails is left, and so is one that is still due although it was taken: each waits, and the others go
    /// on. Where storage or the net fails no step is at fault, and the whole look comes again.
    /// </summary>
    private async Task<string?> TakeStepAsync(
        AgreementSession session,
        LookStep step,
        CancellationToken cancellationToken
    )
    {
        var before = session.Current.Version;
        try
        {
            if (await steps.TakeAsync(session, step, cancellationToken) is { } refused)
            {
                return refused;
            }
        }
        catch (Exception e) when (!IsOfStorage(e) && !cancellationToken.IsCancellationRequested)
        {
            logger.StepFailed(e, session.Current.Id, step.Name);
            await session.ReloadAsync(cancellationToken);
            await LeaveAsync(session, step, e.GetType().Name, cancellationToken);
            return null;
        }

        if (session.Current.Version == before && IsStillDue(session.Current, step))
        {
            logger.StepFailed(null, session.Current.Id, step.Name);
            await LeaveAsync(session, step, "it changes nothing", cancellationToken);
        }
        else
        {
            await changes.ChangeAsync(session, (it, _) => it.StepDone(step), cancellationToken);
        }

        return null;
    }

    private Task LeaveAsync(AgreementSession session, LookStep step, string why, CancellationToken cancellationToken) =>
        changes.ChangeAsync(session, (it, now) => it.StepStuck(step, why, now), cancellationToken);

    private bool IsStillDue(Agreement agreement, LookStep step) =>
        Agenda.DueStep(agreement, changes.Rules, changes.Now)?.Name == step.Name;

    /// <summary>Not so for a row that storage refuses as it is: that would be refused again.</summary>
    private static bool IsOfStorage(Exception e) =>
        e switch
        {
            RequestFailedException refused => refused.Status is not (400 or 413),
            _ => e
                is StorageConflictException
                    or AggregateException
                    or IOException
                    or TimeoutException
                    or HttpRequestException
                    or OperationCanceledException,
        };

    /// <summary>What is due stays due: the wake-up is written ahead, and no other row.</summary>
    private Task WaitAsync(Agreement agreement, CancellationToken cancellationToken)
    {
        var again = ChargingGate.LookAgainAt(agreement.Id, changes.Now);
        var other = Agenda.NextLookAt(agreement, changes.Rules, changes.Now, mayAsk: false);
        return wakeUps.PassBatonAsync(agreement.Id, other < again ? other.Value : again, cancellationToken);
    }

    private async Task PassBatonAsync(AgreementSession session, CancellationToken cancellationToken)
    {
        await changes.ChangeAsync(session, Replan, cancellationToken);
        if (session.Current.NextLookAt is { } next)
        {
            await wakeUps.PassBatonAsync(session.Current.Id, next, cancellationToken);
        }
    }

    /// <summary>
    /// The stored next look may have passed, or a nearer one may have come up: then the new one is stored.
    /// </summary>
    private Change Replan(Agreement agreement, DateTimeOffset now)
    {
        var next = Agenda.NextLookAt(agreement, changes.Rules, now);
        var isStillAhead = agreement.NextLookAt > now && next >= agreement.NextLookAt;
        return isStillAhead || agreement.NextLookAt == next
            ? Change.None(agreement)
            : Change.To(agreement with { NextLookAt = next });
    }
}
