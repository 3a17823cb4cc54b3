using Billing;
using Storage;

namespace Flows;

/// <summary>
/// Every change of an agreement passes here: the decision is told the time, and the moment of the next look that
/// follows from it is stored with it.
/// </summary>
public sealed class Deciding(AgreementStore store, BillingRules rules, TimeProvider clock)
{
    public BillingRules Rules => rules;

    public DateTimeOffset Now => clock.GetUtcNow();

    public Task<Committed> ChangeAsync(
        AgreementSession session,
        Func<Agreement, DateTimeOffset, Change> decide,
        CancellationToken cancellationToken
    ) => session.ChangeAsync(agreement => Planned(agreement, now => decide(agreement, now)), cancellationToken);

    /// <summary>The same for an attempt, which is read from its row when it is no longer open.</summary>
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

    /// <summary>The same with whatever rows of the agreement the decision needs.</summary>
    public Task<Committed> ChangeAsync<T>(
        AgreementSession session,
        Func<Agreement, Task<T>> load,
        Func<Agreement, T, DateTimeOffset, Change> decide,
        CancellationToken cancellationToken
    ) =>
        session.ChangeAsync(
            load,
            (agreement, loaded) => Planned(agreement, now => decide(agreement, loaded, now)),
            cancellationToken
        );

    private Change Planned(Agreement agreement, Func<DateTimeOffset, Change> decide)
    {
        var now = clock.GetUtcNow();
        var change = decide(now);
        var isNothing = ReferenceEquals(change.Agreement, agreement) && change.Facts.IsEmpty;
        return isNothing ? change : change.Planned(rules, now);
    }
}
