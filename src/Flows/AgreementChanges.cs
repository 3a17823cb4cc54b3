using Billing;
using Microsoft.Extensions.Logging;
using Storage;

namespace Flows;

/// <summary>
/// Every change of an agreement passes here: the decision is told the time, and the moment of the next look that
/// follows from it is stored with it.
/// </summary>
public sealed class AgreementChanges(
    AgreementStore store,
    ExceptionList exceptions,
    BillingRules rules,
    TimeProvider clock,
    ILogger<AgreementChanges> logger
)
{
    private readonly Turns turns = new(clock);

    public BillingRules Rules => rules;

    public DateTimeOffset Now => clock.GetUtcNow();

    public Task<Committed> ChangeAsync(
        AgreementSession session,
        Func<Agreement, DateTimeOffset, Change> decide,
        CancellationToken cancellationToken
    ) =>
        ChangeAsync(
            session,
            _ => Task.FromResult(true),
            (agreement, _, now) => decide(agreement, now),
            cancellationToken
        );

    /// <summary>Decides on an attempt, which is read from its row when it is no longer open.</summary>
    public Task<Committed> ChangeAsync(
        AgreementSession session,
        string attemptKey,
        Func<Agreement, Attempt, DateTimeOffset, Change> decide,
        CancellationToken cancellationToken
    ) =>
        ChangeAsync(
            session,
            async agreement =>
                agreement.FindOpen(attemptKey)
                ?? await store.FindAttemptAsync(agreement.Id, attemptKey, cancellationToken),
            (agreement, attempt, now) => attempt is null ? Change.None(agreement) : decide(agreement, attempt, now),
            cancellationToken
        );

    /// <summary>Decides with whatever rows of the agreement the decision needs.</summary>
    public async Task<Committed> ChangeAsync<T>(
        AgreementSession session,
        Func<Agreement, Task<T>> load,
        Func<Agreement, T, DateTimeOffset, Change> decide,
        CancellationToken cancellationToken
    )
    {
        var before = session.Current;
        var committed = await turns.RunAsync(
            session.Current.Id,
            othersCameFirst => DecideAsync(session, othersCameFirst, load, decide, cancellationToken)
        );
        await RaiseAsync(before, session.Current, cancellationToken);
        return committed;
    }

    private async Task<Committed> DecideAsync<T>(
        AgreementSession session,
        bool othersCameFirst,
        Func<Agreement, Task<T>> load,
        Func<Agreement, T, DateTimeOffset, Change> decide,
        CancellationToken cancellationToken
    )
    {
        if (othersCameFirst)
        {
            await session.ReloadAsync(cancellationToken);
        }

        return await session.ChangeAsync(
            load,
            (agreement, loaded) => Planned(agreement, now => decide(agreement, loaded, now)),
            cancellationToken
        );
    }

    /// <summary>
    /// What a person has to look at is listed at once; should this process die here, the walk lists it within the day.
    /// </summary>
    private async Task RaiseAsync(Agreement before, Agreement after, CancellationToken cancellationToken)
    {
        var stops = after.Stops.Except(before.Stops).Select(it => ExceptionEntry.Of(after.Id, it, Now));
        var stuck = after
            .Stuck.Where(it => it.IsForAPerson && !before.Stuck.Any(old => old.Step == it.Step && old.IsForAPerson))
            .Select(Finding.Of)
            .Select(it => new ExceptionEntry(after.Id, it.Subject, it.Reason, Now, Now));
        foreach (var entry in stops.Concat(stuck))
        {
            logger.ExceptionRaised(after.Id, entry.Subject, entry.Reason);
            await exceptions.OpenAsync(entry, cancellationToken);
        }
    }

    private Change Planned(Agreement agreement, Func<DateTimeOffset, Change> decide)
    {
        var now = clock.GetUtcNow();
        var change = decide(now);
        var isNothing = ReferenceEquals(change.Agreement, agreement) && change.Facts.IsEmpty;
        return isNothing ? change : change.Planned(rules, now);
    }
}
