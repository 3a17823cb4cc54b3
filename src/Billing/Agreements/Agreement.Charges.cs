namespace Billing;

public sealed partial record Agreement
{
    /// <summary>
    /// Writes the intent to charge a period: saved before PPRO hears of it, so a period cannot be charged twice, and a
    /// crash cannot forget that it was begun. The agreement moves on to its next period in the same transaction.
    /// </summary>
    public Change ClaimPeriod(DuePeriod due, ChargeIntent intent, DateTimeOffset now)
    {
        if (
            !MayCharge
            || Plan.HasEnded(now)
            || Open.Length >= MaxOpen
            || Open.Any(it => it.Period?.Start == due.Period.Start)
        )
        {
            return Change.None(this);
        }

        var attempt = Intend(intent, due.Amount, now) with
        {
            Period = due.Period,
            Number = due.Attempt,
            IsByHand = due.IsByHand,
        };
        return (this with { Plan = BegunWith(due.Period) }).OpenAttempt(attempt, intent, now);
    }

    /// <summary>
    /// The plan once an attempt for this period is written down. An older period that is charged by hand moves nothing.
    /// </summary>
    private BillingPlan BegunWith(BillingPeriod period)
    {
        var endsDunning = Plan.Dunning is { } dunning && dunning.Period.Start <= period.Start;
        var isNext = Plan.Schedule?.Period(Plan.NextPeriod) == period;
        return Plan.TakenBefore(Plan.NextPeriod + (isNext ? 1 : 0)) with
        {
            IsPastDue = Plan.IsPastDue || (endsDunning && Plan.Dunning!.Period.Start < period.Start),
            Dunning = endsDunning ? null : Plan.Dunning,
        };
    }

    /// <summary>Writes the intent of a single charge, in a key space of its own.</summary>
    public Change ClaimSingle(
        Money amount,
        ChargeIntent intent,
        bool isOwnReference,
        BillingRules rules,
        DateTimeOffset now
    )
    {
        if (WhyNoSingleCharge(rules, now) is not null || FindOpen(intent.Key) is not null)
        {
            return Change.None(this);
        }

        var today = BillingCalendar.DateAt(now);
        var counted = this with
        {
            SingleChargesOn = today,
            SingleCharges = SingleChargesOn == today ? SingleCharges + 1 : 1,
        };
        var change = counted.OpenAttempt(Intend(intent, amount, now), intent, now);
        return isOwnReference ? change.With(new Fact.NewReference(intent.Reference, intent.Key)) : change;
    }

    /// <summary>Null when a single charge may be begun now.</summary>
    public ChargeHindrance? WhyNoSingleCharge(BillingRules rules, DateTimeOffset now) =>
        this switch
        {
            { IsActive: false } => ChargeHindrance.NotActive,
            { Stops.IsEmpty: false } => ChargeHindrance.Exception,
            _ when Terms.StartDate > now => ChargeHindrance.NotStarted,
            _ when Plan.HasEnded(now) => ChargeHindrance.TermOver,
            _ when !Agenda.IsFresh(this, rules, now) => ChargeHindrance.NotConfirmed,
            _ when Open.Length >= MaxOpen => ChargeHindrance.TooManyOpen,
            _ when SingleChargesOn == BillingCalendar.DateAt(now) && SingleCharges >= rules.SingleChargesPerDay =>
                ChargeHindrance.TooManyToday,
            _ => null,
        };

    /// <summary>
    /// Claims one more send of an attempt that is unsent, or in doubt and not found in this very look. It passes the
    /// same gates as a first send.
    /// </summary>
    public Change Reclaim(string key, DateTimeOffset now)
    {
        if (FindOpen(key) is not { } attempt || !MayCharge || !attempt.MayBeSent(now))
        {
            return Change.None(this);
        }

        var again = attempt with
        {
            State = AttemptState.InDoubt,
            Sends = attempt.Sends + 1,
            FirstSentAt = attempt.Sends is 0 ? now : attempt.FirstSentAt,
            LastClaimedAt = now,
            RecheckAt = null,
        };
        return Move(again, now, $"sent, time {again.Sends}") with { Claim = new(key, again.Sends, now) };
    }

    /// <summary>
    /// Claims a send of an attempt that is certainly not at PPRO: like any first send, when its agreement is known to
    /// be as it was and, for what the schedule asks, in the charging window. One that another hand has sent meanwhile
    /// has to be looked for first.
    /// </summary>
    public Change SendUnsent(string key, BillingRules rules, DateTimeOffset now) =>
        FindOpen(key) is not { IsUnsent: true } attempt
        || !WantsUnsent(attempt, now)
        || IsHeldByPause(attempt)
        || !Agenda.IsFresh(this, rules, now)
        || !IsInWindow(attempt, rules, now)
            ? Change.None(this)
            : Reclaim(key, now);

    /// <summary>
    /// A pause holds back what the schedule asks for; what the shop asked for by hand goes out all the same.
    /// </summary>
    public bool IsHeldByPause(Attempt attempt) => Plan.PausedAt is not null && IsOfSchedule(attempt);

    /// <summary>The window is for what the schedule asks, but for the very first period.</summary>
    public bool IsInWindow(Attempt attempt, BillingRules rules, DateTimeOffset now) =>
        !KeepsWindow(attempt) || ChargingWindow.IsOpen(now, rules);

    internal bool KeepsWindow(Attempt attempt) =>
        IsOfSchedule(attempt) && !(attempt.Number is 1 && Plan.IsFirst(attempt.Period!));

    private static bool IsOfSchedule(Attempt attempt) =>
        attempt is { Period: not null, IsByHand: false, IsInitial: false };

    private Change OpenAttempt(Attempt attempt, ChargeIntent intent, DateTimeOffset now) =>
        Change.To(WithOpen(attempt), new Fact.NewAttempt(attempt, intent.Body)) with
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

    /// <summary>The one way in which a stored attempt changes.</summary>
    private Change Move(Attempt attempt, DateTimeOffset now, string what)
    {
        var noted = attempt.Noting(now, what);
        return Change.To(WithOpen(noted), new Fact.AttemptMoved(noted));
    }
}

/// <summary>A request to charge as it will be sent, byte for byte.</summary>
public sealed record ChargeIntent(string Key, string Reference, string IdempotencyKey, ReadOnlyMemory<byte> Body);

/// <summary>A period's attempt that is due.</summary>
public sealed record DuePeriod(BillingPeriod Period, int Attempt, Money Amount)
{
    /// <summary>The shop asks for it by hand.</summary>
    public bool IsByHand { get; init; }
}

/// <summary>Why a single charge is refused.</summary>
public enum ChargeHindrance
{
    NotActive,
    Exception,
    NotStarted,

    /// <summary>The agreement's <c>endDate</c> has come.</summary>
    TermOver,

    /// <summary>Nothing has confirmed the agreement for long, and PPRO did not say.</summary>
    NotConfirmed,
    TooManyOpen,
    TooManyToday,
}
