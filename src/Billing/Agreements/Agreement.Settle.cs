using System.Diagnostics;

namespace Billing;

public sealed partial record Agreement
{
    /// <summary>
    /// Records what came of a claimed send (rule 3). What an answer proves depends on whether it answers the only send
    /// there ever was, both then and now.
    /// </summary>
    public Change Settle(
        Attempt attempt,
        Answer<ChargeReading> answer,
        Claim claim,
        BillingRules rules,
        DateTimeOffset now
    ) =>
        answer switch
        {
            Answer<ChargeReading>.Said said => Hear(attempt, said.Reading, rules, now),
            _ when attempt.State is not AttemptState.InDoubt => Change.None(this),
            Answer<ChargeReading>.Refused refused when attempt.IsOnlySendOf(claim) => Refuse(
                attempt,
                refused.Refusal,
                now
            ),
            Answer<ChargeReading>.Refused refused => Move(
                attempt,
                now,
                $"HTTP {refused.Refusal.HttpStatus} to a resend"
            ),
            Answer<ChargeReading>.InDoubt doubt => Move(attempt, now, doubt.Why),
            _ => throw new UnreachableException(),
        };

    /// <summary>
    /// Whoever held this claim did not send: an only send is certainly not at PPRO. A resend stays in doubt.
    /// </summary>
    public Change NotSent(Claim claim, string why, DateTimeOffset now) =>
        FindOpen(claim.Key) is { } attempt && attempt.IsOnlySendOf(claim)
            ? Move(
                attempt with
                {
                    State = AttemptState.Unsent,
                    Sends = 0,
                    RecheckAt = now + Postponed,
                },
                now,
                $"not sent: {why}"
            )
            : Change.None(this);

    /// <summary>
    /// What PPRO finally says wins, by read or by answer, whatever we had concluded. The attempt may be closed
    /// already: then it comes from its row.
    /// </summary>
    public Change Hear(Attempt attempt, ChargeReading reading, BillingRules rules, DateTimeOffset now)
    {
        var heard = attempt with
        {
            ProviderId = attempt.ProviderId ?? reading.ProviderId,
            StatusWord = reading.StatusWord,
            LastLookAt = now,
            RecheckAt = null,
        };
        if (attempt.ProviderId is { } known && known != reading.ProviderId)
        {
            return reading.Status is ChargeStatus.NotCaptured
                ? Change.None(this)
                : Change.To(
                    this with
                    {
                        Exception = $"charge {attempt.Key} is {known} and also {reading.ProviderId} at PPRO",
                    }
                );
        }

        return reading.Status switch
        {
            ChargeStatus.Captured when attempt.State is AttemptState.Captured => Change.None(this),
            ChargeStatus.Captured => Capture(
                heard,
                reading.CapturedMinorUnits,
                reading.CaptureId,
                reading.CapturedAt ?? now,
                now
            ),
            ChargeStatus.NotCaptured when attempt.IsOpen => Decline(
                heard with
                {
                    Failure = reading.Failure,
                },
                rules,
                now
            ),
            ChargeStatus.Pending when attempt.IsOpen => Move(
                heard with
                {
                    State = AttemptState.Pending,
                },
                now,
                reading.StatusWord
            ),
            _ => Change.None(this),
        };
    }

    internal Change Capture(
        Attempt attempt,
        long minorUnits,
        string? captureId,
        DateTimeOffset capturedAt,
        DateTimeOffset now
    )
    {
        var amount = minorUnits > 0 ? minorUnits : attempt.Amount.MinorUnits;
        var captured = attempt with
        {
            State = AttemptState.Captured,
            StatusWord = "CAPTURED",
            Failure = null,
            CaptureId = captureId,
            CapturedAt = capturedAt,
            CapturedMinorUnits = amount,
        };
        var wasClosed = !attempt.IsOpen;
        var next = this with
        {
            CapturedMinorUnits = CapturedMinorUnits + amount,
            Plan = attempt.Period is { } period ? PaidFor(period, now) : Plan,
            Provider = Provider with { ConfirmedAt = Latest(Provider.ConfirmedAt, now) },
            Exception = wasClosed ? $"charge {attempt.Key} was captured after it had been closed" : Exception,
            LateCapture = attempt.IsInitial && EndedBeforeItWasActive ? new(attempt.Key, now) : LateCapture,
        };
        return next.Move(captured, now, "captured")
            .With(new Fact.MoneyMoved(captured.Key, null, captured.ProviderId, amount, capturedAt));
    }

    private bool EndedBeforeItWasActive => Ending is { } ending && !(Provider.ActivatedAt < ending.At);

    private BillingPlan PaidFor(BillingPeriod period, DateTimeOffset now) =>
        Plan with
        {
            CapturedPeriods = Plan.CapturedPeriods + 1,
            PaidThroughOn = Plan.PaidThroughOn is { } until && until > period.End ? until : period.End,
            IsPastDue = Plan.IsPastDue && DunningPlan.HasNewerBegun(Plan, period, now),
            Dunning = Plan.Dunning is { } dunning && dunning.Period.Start > period.Start ? dunning : null,
        };

    private Change Decline(Attempt attempt, BillingRules rules, DateTimeOffset now)
    {
        var declined = attempt with { State = AttemptState.Declined };
        var next = AfterUncollected(declined, rules, now);
        if (FailureTable.KindOf(attempt.Failure) is DeclineKind.Agreement)
        {
            next = next with { Provider = next.Provider with { RecheckAt = now } };
        }

        return next.Move(declined, now, $"declined {attempt.Failure?.Code}".TrimEnd());
    }

    /// <summary>The next attempt is planned; without one the agreement is past due, or ends by setting.</summary>
    private Agreement AfterUncollected(Attempt closed, BillingRules rules, DateTimeOffset now)
    {
        var plan = DunningPlan.After(this, closed, rules, now);
        var isLast = !ReferenceEquals(plan, Plan) && plan.Dunning is null;
        return this with
        {
            Plan = plan,
            Ending =
                isLast && rules.AfterLastDecline is AfterLastDecline.Cancel
                    ? Ending ?? new(now, EndedBy.NotPaid, $"period {closed.Period?.Name} was not paid")
                    : Ending,
        };
    }

    private Change Refuse(Attempt attempt, Refusal refusal, DateTimeOffset now)
    {
        var code = $"HTTP {refusal.HttpStatus}";
        if (refusal.Kind is RefusalKind.Request or RefusalKind.NotFound)
        {
            var failure = new Failure("REQUEST_REFUSED", code, refusal.Message, IsRetryable: false);
            var isCurrent = attempt.Period is { } period && !DunningPlan.HasNewerBegun(Plan, period, now);
            var plan = isCurrent && Plan.Schedule is not null ? Plan with { IsPastDue = true } : Plan;
            return (this with { Plan = plan }).Move(
                attempt with
                {
                    State = AttemptState.NotExecuted,
                    Failure = failure,
                },
                now,
                code
            );
        }

        var wait = refusal.Kind is RefusalKind.RateLimited ? TimeSpan.FromMinutes(1) : Postponed;
        return Move(attempt with { State = AttemptState.Unsent, Sends = 0, RecheckAt = now + wait }, now, code);
    }
}
