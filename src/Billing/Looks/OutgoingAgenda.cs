namespace Billing;

/// <summary>What an agreement has out at PPRO: charges and refunds that are not decided, or never left.</summary>
internal static class OutgoingAgenda
{
    public static IEnumerable<AgendaItem> Items(Agreement agreement, BillingRules rules, DateTimeOffset now) =>
        OfAttempts(agreement, rules, now).Concat(OfRefunds(agreement));

    private static IEnumerable<AgendaItem> OfAttempts(Agreement agreement, BillingRules rules, DateTimeOffset now) =>
        agreement
            .Open.Where(attempt => attempt.State is not AttemptState.Waiting)
            .SelectMany(attempt =>
                attempt.IsUnsent ? OfUnsent(agreement, attempt, rules, now) : [OfDoubtful(agreement, attempt, rules)]
            );

    /// <summary>
    /// What may not leave now, because it is paused, a person is called for, or it must be read first, is looked at
    /// when it is no longer wanted.
    /// </summary>
    private static IEnumerable<AgendaItem> OfUnsent(
        Agreement agreement,
        Attempt attempt,
        BillingRules rules,
        DateTimeOffset now
    )
    {
        var at = attempt.NextLookAt;
        if (!agreement.WantsUnsent(attempt, now))
        {
            yield return new(at, new LookStep.Drop(attempt.Key));
            yield break;
        }

        if (agreement.MayCharge && !agreement.IsHeldByPause(attempt) && agreement.IsFresh(rules, now))
        {
            var leaves = agreement.KeepsWindow(attempt)
                ? ChargingWindow.NextOpen(at > now ? at : now, agreement.Id, rules)
                : at;
            yield return new(leaves, new LookStep.Send(attempt.Key));
        }

        if (agreement.WantedUntil(attempt) is { } over)
        {
            yield return new(over, new LookStep.Drop(attempt.Key));
        }
    }

    /// <summary>
    /// What could not be sent again because the window was closed is looked at when it opens, so that a narrow window
    /// is not missed.
    /// </summary>
    private static AgendaItem OfDoubtful(Agreement agreement, Attempt attempt, BillingRules rules)
    {
        var at = attempt.NextLookAt;
        var seen = attempt.LastLookAt ?? attempt.CreatedAt;
        var opens =
            attempt.IsInDoubt && agreement.KeepsWindow(attempt)
                ? ChargingWindow.NextOpen(seen, agreement.Id, rules)
                : seen;
        return new(opens > seen && opens < at ? opens : at, new LookStep.ReadBack(attempt.Key));
    }

    private static IEnumerable<AgendaItem> OfRefunds(Agreement agreement)
    {
        foreach (var refund in agreement.OpenRefunds)
        {
            yield return refund.State is RefundState.Deferred
                ? new(refund.RecheckAt ?? refund.NextLookAt, new LookStep.RetryRefund(refund.Id))
                : new(refund.NextLookAt, new LookStep.ReadBackRefund(refund.Id));
        }

        if (agreement.LateCapture is { } late)
        {
            yield return new(late.RefundAt, new LookStep.RefundLate(late.ChargeKey));
        }
    }
}
