namespace Billing;

public sealed partial record Agreement
{
    /// <summary>
    /// A search in this look found nothing. The attempt is claimed for one more send when its clocks, the gates, the
    /// charging window and the shop's pause allow, closed when it can no longer have happened, and otherwise waits.
    /// </summary>
    public Change NotFound(string key, bool maySend, BillingRules rules, DateTimeOffset now)
    {
        if (FindOpen(key) is not { State: AttemptState.InDoubt, ProviderId: null } attempt)
        {
            return Looked(key, now);
        }

        if (attempt.HasNeverHappened(rules, now))
        {
            var closed = attempt with { State = AttemptState.NeverHappened, LastLookAt = now };
            return AfterUncollected(closed, rules, now).Move(closed, now, "never happened");
        }

        var looked = Looked(key, now);
        return maySend && !IsHeldByPause(attempt) && IsInWindow(attempt, rules, now)
            ? looked.Then(it => it.Reclaim(key, now))
            : looked;
    }

    /// <summary>
    /// PPRO shows a charge under its reference that does not say whose it is: nothing can be concluded. When it could
    /// be closed if there were none, a person has to look at it.
    /// </summary>
    public Change FoundUnclear(string key, BillingRules rules, DateTimeOffset now) =>
        FindOpen(key)?.HasNeverHappened(rules, now) is true
            ? Looked(key, now)
                .Then(it => it.CallForAPerson(key, "a charge under its reference does not say whose it is", now))
            : Looked(key, now);

    /// <summary>
    /// A read back was tried, and PPRO did not say or had nothing new. What waits to be sent goes on waiting.
    /// </summary>
    public Change Looked(string key, DateTimeOffset now) =>
        FindOpen(key) is { IsUnsent: false } attempt
            ? Move(attempt with { LastLookAt = now, RecheckAt = null }, now, "looked for")
            : Change.None(this);
}
