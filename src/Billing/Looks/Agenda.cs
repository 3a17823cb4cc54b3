namespace Billing;

/// <summary>
/// Everything that an agreement still has before it, as moments and steps: pure, from the agreement and the time
/// alone. What is due is done; the earliest moment is when it must be looked at next. So nothing open is ever without
/// a next look, and running late or twice decides the same.
/// </summary>
public static class Agenda
{
    /// <summary>The step to take now; null when there is none.</summary>
    /// <param name="agreement">As it is now.</param>
    /// <param name="rules">The operator's.</param>
    /// <param name="now">The time.</param>
    /// <param name="mayAsk">False while the charging gate is closed: then steps that ask for money wait.</param>
    public static LookStep? DueStep(Agreement agreement, BillingRules rules, DateTimeOffset now, bool mayAsk = true) =>
        Items(agreement, rules, now).FirstOrDefault(item => item.At <= now && (mayAsk || !item.Step.SendsFirst))?.Step;

    /// <summary>When the agreement must be looked at next; null when it is over.</summary>
    public static DateTimeOffset? NextLookAt(
        Agreement agreement,
        BillingRules rules,
        DateTimeOffset now,
        bool mayAsk = true
    )
    {
        DateTimeOffset? next = null;
        foreach (var item in Items(agreement, rules, now).Where(item => mayAsk || !item.Step.SendsFirst))
        {
            next = next is { } earlier && earlier <= item.At ? earlier : item.At;
        }

        return next;
    }

    /// <summary>In the order in which due steps are taken. A step that has failed waits for its own time.</summary>
    public static IEnumerable<AgendaItem> Items(Agreement agreement, BillingRules rules, DateTimeOffset now) =>
        agreement.Stuck.IsEmpty
            ? ItemsOf(agreement, rules, now)
            : ItemsOf(agreement, rules, now).Select(item => StuckStep.Delay(agreement.Stuck, item));

    private static IEnumerable<AgendaItem> ItemsOf(Agreement agreement, BillingRules rules, DateTimeOffset now)
    {
        if (agreement.Ending is not null)
        {
            return [.. OfEnding(agreement), .. OutgoingAgenda.Items(agreement, rules, now)];
        }

        return agreement.Status switch
        {
            null or < AgreementStatus.Active =>
            [
                .. OfApproval(agreement, rules),
                .. OutgoingAgenda.Items(agreement, rules, now),
            ],
            AgreementStatus.Active =>
            [
                .. OfCancelling(agreement),
                .. OfReading(agreement, rules),
                .. OutgoingAgenda.Items(agreement, rules, now),
                .. OfPeriods(agreement, rules, now),
                .. OfCompleting(agreement, rules),
            ],
            _ => [.. OutgoingAgenda.Items(agreement, rules, now)],
        };
    }

    /// <summary>
    /// Looks at set times, the last one at the deadline. One that PPRO has named is closed only after a read then has
    /// succeeded, whatever events have said; one that PPRO never named cannot be read, and its looks wait for its name.
    /// </summary>
    private static IEnumerable<AgendaItem> OfApproval(Agreement agreement, BillingRules rules)
    {
        var provider = agreement.Provider;
        var triedAt = provider.ReadTriedAt;
        var deadline = agreement.CreatedAt + rules.ApprovalDeadline;
        var isReadAtTheEnd = provider.ReadAt >= deadline;
        if (provider.Id is null || isReadAtTheEnd)
        {
            yield return new(deadline, new LookStep.Close());
        }

        var looks = rules.ApprovalLooks.Select(after => agreement.CreatedAt + after);
        var next = looks
            .Where(at => triedAt is null || at > triedAt)
            .Select(at => (DateTimeOffset?)at)
            .FirstOrDefault();
        if (isReadAtTheEnd || (provider.Id is null && next is null))
        {
            yield break;
        }

        var at = next ?? LookTimes.After(deadline, triedAt);
        yield return new(provider.RecheckAt is { } recheck && recheck < at ? recheck : at, new LookStep.Read());
    }

    private static IEnumerable<AgendaItem> OfCancelling(Agreement agreement) =>
        agreement.Plan.Cancel is { On: var day } ? [new(BillingCalendar.StartOf(day), new LookStep.Cancel())] : [];

    /// <summary>Last of all: what has passed without a charge is recorded before.</summary>
    private static IEnumerable<AgendaItem> OfCompleting(Agreement agreement, BillingRules rules) =>
        PlanEnd.CompletesAt(agreement, rules) is { } at ? [new(at, new LookStep.Complete())] : [];

    private static IEnumerable<AgendaItem> OfEnding(Agreement agreement)
    {
        if (agreement is { Ending: { } ending, Provider.Id: not null } && agreement.Status?.IsFinal() is not true)
        {
            var tried = agreement.Provider.ReadTriedAt;
            yield return new(
                tried is null || tried < ending.At ? ending.At : LookTimes.After(ending.At, tried),
                new LookStep.Revoke()
            );
        }
    }

    private static IEnumerable<AgendaItem> OfReading(Agreement agreement, BillingRules rules)
    {
        var (readAt, confirmedAt) = (agreement.Provider.ReadTriedAt, agreement.Provider.ConfirmedAt);
        var staleAt = (confirmedAt ?? agreement.CreatedAt) + rules.Freshness;
        if (readAt >= staleAt)
        {
            staleAt = LookTimes.After(staleAt, readAt);
        }

        yield return new(
            agreement.Provider.RecheckAt is { } recheck && recheck < staleAt ? recheck : staleAt,
            new LookStep.Read()
        );
    }

    /// <summary>
    /// While a person is called for, or too many charges are open, no period is charged; but periods pass, and are
    /// recorded.
    /// </summary>
    private static IEnumerable<AgendaItem> OfPeriods(Agreement agreement, BillingRules rules, DateTimeOffset now)
    {
        var mayBegin = agreement.MayCharge && agreement.Open.Length < Agreement.MaxOpen;
        return agreement.IsFresh(rules, now)
            ? PeriodAgenda.Items(agreement, rules, now).Where(item => mayBegin || item.Step is not LookStep.Charge)
            : [];
    }
}
