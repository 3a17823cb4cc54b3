using System.Collections.Immutable;

namespace Billing;

/// <summary>What follows when a charge was captured, and when it was not.</summary>
internal static class ChargeOutcomes
{
    /// <summary>
    /// The money that PPRO says it took. The books say what PPRO said; paid is a period only by what was asked for, and
    /// anything else is for a person.
    /// </summary>
    internal static Change Capture(this Agreement agreement, Attempt attempt, CapturedMoney word, DateTimeOffset now)
    {
        var money = word.FilledFrom(attempt.Amount);
        var isForeign = money.Currency != attempt.Amount.Currency;
        var captured = attempt with
        {
            State = AttemptState.Captured,
            StatusWord = "CAPTURED",
            Failure = null,
            CaptureId = money.CaptureId,
            CapturedAt = money.At,
            CapturedMinorUnits = money.Amount,
            CapturedCurrency = isForeign ? money.Currency : null,
        };
        var next = agreement with
        {
            Open = agreement.Open.WithPeriodTaken(attempt),
            CapturedMinorUnits = agreement.CapturedMinorUnits + (isForeign ? 0 : money.Amount),
            Plan = attempt.Period is { } period
                ? agreement.TakenFor(period, money.IsJust(attempt.Amount), now)
                : agreement.Plan,
            Provider = agreement.Provider with { ConfirmedAt = Agreement.Latest(agreement.Provider.ConfirmedAt, now) },
            LateCapture = attempt.IsInitial && agreement.HasEndedUnseen ? new(attempt.Key, now) : agreement.LateCapture,
        };
        if (attempt.IsPeriodTaken)
        {
            next = next.StoppedBy(attempt.Key, "its period was captured before", now);
        }

        if (!attempt.IsOpen)
        {
            next = next.StoppedBy(attempt.Key, "captured after it had been closed", now);
        }

        if (!money.IsJust(attempt.Amount))
        {
            var what = $"PPRO captured {money.Amount} {money.Currency}, and {attempt.Amount} was asked for";
            next = next.StoppedBy(attempt.Key, what, now);
        }

        return next.Move(captured, now, "captured")
            .With(
                new Fact.MoneyMoved(captured.Key, null, captured.ProviderId, money.Amount, money.At)
                {
                    ForeignCurrency = captured.CapturedCurrency,
                }
            );
    }

    /// <summary>What is still out for the same period is not sent any more.</summary>
    private static ImmutableArray<Attempt> WithPeriodTaken(this ImmutableArray<Attempt> open, Attempt captured) =>
        captured.Period is { } period
            ?
            [
                .. open.Select(it =>
                    it.Period?.Start == period.Start && it.Key != captured.Key ? it with { IsPeriodTaken = true } : it
                ),
            ]
            : open;

    /// <summary>
    /// PPRO says once more that it was captured. Another amount than it said before calls for a person; the books keep
    /// what they were told first.
    /// </summary>
    internal static Change CompareCaptured(
        this Agreement agreement,
        Attempt captured,
        CapturedMoney word,
        DateTimeOffset now
    )
    {
        var (minorUnits, currency) = (
            captured.CapturedMinorUnits,
            captured.CapturedCurrency ?? captured.Amount.Currency
        );
        var again = word.FilledFrom(minorUnits, currency);
        return (again.Amount, again.Currency) == (minorUnits, currency)
            ? Change.To(agreement)
            : agreement.CallForAPerson(
                captured.Key,
                $"PPRO captured {again.Amount} {again.Currency}, and had said {minorUnits} {currency} before",
                now
            );
    }

    /// <summary>
    /// Money was taken for this period: it is not tried again. Paid it is only by what was asked for.
    /// </summary>
    private static BillingPlan TakenFor(this Agreement agreement, BillingPeriod period, bool isPaid, DateTimeOffset now)
    {
        var isLatest = !DunningPlan.HasNewerBegun(agreement.Plan, period, now);
        var until = agreement.Plan.PaidThroughOn > period.End ? agreement.Plan.PaidThroughOn : period.End;
        return agreement.Plan with
        {
            CapturedPeriods = agreement.Plan.CapturedPeriods + 1,
            PaidThroughOn = isPaid && agreement.Plan.Schedule is not null ? until : agreement.Plan.PaidThroughOn,
            IsPastDue = isLatest ? !isPaid : agreement.Plan.IsPastDue,
            Dunning = agreement.Plan.Dunning is { } dunning && dunning.Period.Start > period.Start ? dunning : null,
        };
    }

    internal static Change Decline(this Agreement agreement, Attempt attempt, BillingRules rules, DateTimeOffset now)
    {
        var declined = attempt with { State = AttemptState.Declined };
        var next = agreement.AfterUncollected(declined, rules, now);
        if (FailureTable.KindOf(attempt.Failure) is DeclineKind.TooEarly or DeclineKind.Agreement)
        {
            next = next with { Provider = next.Provider with { RecheckAt = now } };
        }

        return next.Move(declined, now, $"declined {attempt.Failure?.Code}".TrimEnd());
    }

    /// <summary>The next attempt is planned; without one the agreement is past due, or ends by setting.</summary>
    internal static Agreement AfterUncollected(
        this Agreement agreement,
        Attempt closed,
        BillingRules rules,
        DateTimeOffset now
    )
    {
        var plan = DunningPlan.After(agreement, closed, rules, now);
        var isLast = !ReferenceEquals(plan, agreement.Plan) && plan.Dunning is null;
        var next = agreement with { Plan = plan };
        return isLast && rules.AfterLastDecline is AfterLastDecline.Cancel
            ? next.EndingBy(EndedBy.NotPaid, $"period {closed.Period?.Name} was not paid", now)
            : next;
    }
}
