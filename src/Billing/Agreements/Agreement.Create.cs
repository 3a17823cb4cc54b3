namespace Billing;

public sealed partial record Agreement
{
    /// <summary>
    /// The agreement as it is written down before PPRO hears of it, with the first send claimed. Its anchor is the
    /// Seoul date of <c>startDate</c>, or of its creation; activation never moves it.
    /// </summary>
    public static Change Begin(AgreementId id, AgreementTerms terms, CreateIntent intent, DateTimeOffset now)
    {
        var create = new CreateRequest
        {
            IdempotencyKey = intent.IdempotencyKey,
            RequestHash = intent.RequestHash,
            State = CreateState.InDoubt,
            Sends = 1,
            FirstSentAt = now,
            LastClaimedAt = now,
            IsUnderway = true,
        };
        var plan = PlanFor(terms, now);
        var begun = new Agreement
        {
            Id = id,
            CreatedAt = now,
            Terms = terms,
            Create = create,
            Plan = plan,
        };
        var change = Change.To(begun, new Fact.NewCreateBody(intent.Body)) with
        {
            Claim = new("create", 1, now) { Body = intent.Body },
        };
        return terms.InitialCharge is { } initial ? change.Then(it => it.OpenInitial(initial, intent, now)) : change;
    }

    /// <summary>
    /// Where the first charge's period lies: period 0 of the schedule, or the anchor alone without one.
    /// </summary>
    public static BillingPeriod InitialPeriod(AgreementTerms terms, DateTimeOffset now)
    {
        var anchor = BillingCalendar.DateAt(terms.StartDate ?? now);
        return terms.Frequency is { } frequency
            ? new BillingSchedule(anchor, frequency).Period(0)
            : new(0, anchor, anchor.AddDays(1));
    }

    /// <summary>
    /// The caller's repeat may send the create once more: within 20 h of the first send, and not while the last one may
    /// be on its way.
    /// </summary>
    public Change ReclaimCreate(DateTimeOffset now)
    {
        if (WhyCreateMayNotBeSent(now) is not null)
        {
            return Change.None(this);
        }

        var firstSentAt = Create.Sends is 0 ? now : Create.FirstSentAt;
        var create = Create with
        {
            State = CreateState.InDoubt,
            Sends = Create.Sends + 1,
            FirstSentAt = firstSentAt,
            LastClaimedAt = now,
            IsUnderway = true,
            Why = null,
        };
        return Change.To(this with { Create = create }) with { Claim = new("create", create.Sends, now) };
    }

    /// <summary>Null when the create may be sent (again) now.</summary>
    public CreateHindrance? WhyCreateMayNotBeSent(DateTimeOffset now) =>
        Create switch
        {
            { State: CreateState.Answered or CreateState.Refused } => CreateHindrance.Settled,
            _ when Provider.Id is not null => CreateHindrance.Settled,
            _ when Ending is not null => CreateHindrance.Closed,
            { Sends: > 0 } when now - Create.FirstSentAt >= SendRules.ResendUntil => CreateHindrance.TooLate,
            { IsUnderway: true } when now - Create.LastClaimedAt < SendRules.ResendAfter => CreateHindrance.Underway,
            _ => null,
        };

    private Change OpenInitial(InitialCharge initial, CreateIntent intent, DateTimeOffset now)
    {
        var period = InitialPeriod(Terms, now);
        var key = ChargeKeys.Scheduled(period, 1);
        var attempt = new Attempt
        {
            Key = key,
            Amount = initial.Amount,
            Reference = initial.Reference ?? ChargeKeys.Reference(Id, key),
            IdempotencyKey = intent.IdempotencyKey,
            CreatedAt = now,
            State = AttemptState.Waiting,
            Period = period,
            IsInitial = true,
        };
        var change = Change.To(WithOpen(attempt), new Fact.NewAttempt(attempt, default));
        return initial.Reference is { } own ? change.With(new Fact.NewReference(own, key)) : change;
    }

    private static BillingPlan PlanFor(AgreementTerms terms, DateTimeOffset now)
    {
        var startsAt = terms.StartDate ?? now;
        return new()
        {
            Schedule = terms.Frequency is { } frequency ? new(BillingCalendar.DateAt(startsAt), frequency) : null,
            Price = terms.Amount,
            NextPeriod = terms.InitialCharge is null ? 0 : 1,
            StartsAt = startsAt,
            EndAt = terms.EndDate,
            MaxCharges = terms.MaxCharges,
            CatchUp = terms.CatchUp,
        };
    }
}

/// <summary>The request as it will be sent, byte for byte.</summary>
public sealed record CreateIntent(string IdempotencyKey, string RequestHash, ReadOnlyMemory<byte> Body);

/// <summary>Why a repeat of a create does not send.</summary>
public enum CreateHindrance
{
    /// <summary>PPRO has answered: the repeat is answered from what is stored.</summary>
    Settled,

    /// <summary>A send may still be on its way.</summary>
    Underway,

    /// <summary>The first send is so long ago that PPRO may have forgotten the key.</summary>
    TooLate,

    /// <summary>The consumer's time to approve is over.</summary>
    Closed,
}
