namespace Billing;

/// <summary>The right to send a charge: the intent is written down before PPRO hears of it.</summary>
public static class ChargeClaims
{
    /// <summary>
    /// Writes the intent to charge a period: saved before PPRO hears of it, so a period cannot be charged twice, and a
    /// crash cannot forget that it was begun. The agreement moves on to its next period in the same transaction.
    /// </summary>
    public static Change ClaimPeriod(this Agreement agreement, DuePeriod due, ChargeIntent intent, DateTimeOffset now)
    {
        if (
            !agreement.MayCharge
            || agreement.Plan.HasEnded(now)
            || agreement.Open.Length >= Agreement.MaxOpen
            || agreement.Open.Any(it => it.Period?.Start == due.Period.Start)
        )
        {
            return Change.None(agreement);
        }

        var attempt = Intend(intent, due.Amount, now) with
        {
            Period = due.Period,
            Number = due.Attempt,
            IsByHand = due.IsByHand,
            AmountOfPeriod = due.AmountOfPeriod == due.Amount ? null : due.AmountOfPeriod,
        };
        return (agreement with { Plan = agreement.BegunWith(due.Period) }).OpenAttempt(attempt, intent, now);
    }

    /// <summary>
    /// The plan once an attempt for this period is written down. An older period that is charged by hand moves nothing.
    /// </summary>
    private static BillingPlan BegunWith(this Agreement agreement, BillingPeriod period)
    {
        var endsDunning = agreement.Plan.Dunning is { } dunning && dunning.Period.Start <= period.Start;
        var isNext = agreement.Plan.Schedule?.Period(agreement.Plan.NextPeriod) == period;
        return agreement.Plan.TakenBefore(agreement.Plan.NextPeriod + (isNext ? 1 : 0)) with
        {
            IsPastDue =
                agreement.Plan.IsPastDue || (endsDunning && agreement.Plan.Dunning!.Period.Start < period.Start),
            Dunning = endsDunning ? null : agreement.Plan.Dunning,
        };
    }

    /// <summary>Writes the intent of a single charge, in a key space of its own.</summary>
    public static Change ClaimSingle(
        this Agreement agreement,
        Money amount,
        ChargeIntent intent,
        bool isOwnReference,
        BillingRules rules,
        DateTimeOffset now
    )
    {
        if (agreement.WhyNoSingleCharge(rules, now) is not null || agreement.FindOpen(intent.Key) is not null)
        {
            return Change.None(agreement);
        }

        var today = BillingCalendar.DateAt(now);
        var counted = agreement with
        {
            SingleChargesOn = today,
            SingleCharges = agreement.SingleChargesOn == today ? agreement.SingleCharges + 1 : 1,
        };
        var change = counted.OpenAttempt(Intend(intent, amount, now), intent, now);
        return isOwnReference ? change.With(new Fact.NewReference(intent.Reference, intent.Key)) : change;
    }

    /// <summary>Null when a single charge may be begun now.</summary>
    public static ChargeHindrance? WhyNoSingleCharge(
        this Agreement agreement,
        BillingRules rules,
        DateTimeOffset now
    ) =>
        agreement switch
        {
            { WhyNotCharged: { } why } => why,
            _ when agreement.Terms.StartDate > now => ChargeHindrance.NotStarted,
            _ when agreement.Plan.HasEnded(now) => ChargeHindrance.TermOver,
            _ when !agreement.IsFresh(rules, now) => ChargeHindrance.NotConfirmed,
            _ when agreement.Open.Length >= Agreement.MaxOpen => ChargeHindrance.TooManyOpen,
            _ when agreement.SingleChargesOn == BillingCalendar.DateAt(now)
                    && agreement.SingleCharges >= rules.SingleChargesPerDay => ChargeHindrance.TooManyToday,
            _ => null,
        };

    /// <summary>
    /// Claims one more send of an attempt that is unsent, or in doubt and not found in this very look. It passes the
    /// same gates as a first send.
    /// </summary>
    public static Change Reclaim(this Agreement agreement, string key, DateTimeOffset now)
    {
        if (
            agreement.FindOpen(key) is not { IsPeriodTaken: false } attempt
            || !agreement.MayCharge
            || !attempt.MayBeSent(now)
        )
        {
            return Change.None(agreement);
        }

        var again = attempt.SentAgain(now);
        return agreement.Move(again, now, $"sent, time {again.Sends}") with { Claim = new(key, again.Sends, now) };
    }

    /// <summary>
    /// Claims a send of an attempt that is certainly not at PPRO: like any first send, when its agreement is known to
    /// be as it was and, for what the schedule asks, in the charging window. One that another hand has sent meanwhile
    /// has to be looked for first.
    /// </summary>
    public static Change SendUnsent(this Agreement agreement, string key, BillingRules rules, DateTimeOffset now) =>
        agreement.FindOpen(key) is not { IsUnsent: true } attempt
        || !agreement.WantsUnsent(attempt, now)
        || !agreement.MayLeave(attempt, rules, now)
            ? Change.None(agreement)
            : agreement.Reclaim(key, now);

    private static Change OpenAttempt(
        this Agreement agreement,
        Attempt attempt,
        ChargeIntent intent,
        DateTimeOffset now
    ) =>
        Change.To(agreement.WithOpen(attempt), new Fact.NewAttempt(attempt, intent.Body)) with
        {
            Claim = new(attempt.Key, 1, now) { Body = intent.Body },
        };

    private static Attempt Intend(ChargeIntent intent, Money amount, DateTimeOffset now) =>
        new Attempt
        {
            Key = intent.Key,
            Amount = amount,
            Reference = intent.Reference,
            IdempotencyKey = intent.IdempotencyKey,
            CreatedAt = now,
            State = AttemptState.InDoubt,
            Sends = 1,
            FirstSentAt = now,
            LastClaimedAt = now,
        }.Noting(now, "intended");
}

/// <summary>A request to charge as it will be sent, byte for byte.</summary>
public sealed record ChargeIntent(string Key, string Reference, string IdempotencyKey, ReadOnlyMemory<byte> Body);

/// <summary>A period's attempt that is due.</summary>
public sealed record DuePeriod(BillingPeriod Period, int Attempt, Money Amount)
{
    /// <summary>The shop asks for it by hand.</summary>
    public bool IsByHand { get; init; }

    /// <summary>What the schedule asks for this period; null when that is this.</summary>
    public Money? AmountOfPeriod { get; init; }
}

/// <summary>Why a single charge is refused.</summary>
public enum ChargeHindrance
{
    /// <summary>The consumer has not approved it.</summary>
    NotYetActive,

    /// <summary>It has ended, or its end has been asked for.</summary>
    Ended,
    Exception,
    NotStarted,

    /// <summary>The agreement's <c>endDate</c> has come.</summary>
    TermOver,

    /// <summary>Nothing has confirmed the agreement for long, and PPRO did not say.</summary>
    NotConfirmed,
    TooManyOpen,
    TooManyToday,
}
