namespace Billing;

public sealed partial record Agreement
{
    public Refund? FindOpenRefund(string id) => OpenRefunds.FirstOrDefault(refund => refund.Id == id);

    /// <summary>Null when this much of a charge may be refunded now.</summary>
    public RefundHindrance? WhyNoRefund(Attempt charge, long minorUnits, DateTimeOffset now) =>
        charge switch
        {
            { State: not AttemptState.Captured } or { ProviderId: null } => RefundHindrance.NotCaptured,
            _ when OpenRefunds.Any(it => it.ChargeKey == charge.Key) => RefundHindrance.Unsettled,
            _ when now >= charge.RefundableUntil(MethodOf()) => RefundHindrance.WindowClosed,
            _ when minorUnits > charge.RefundableMinorUnits => RefundHindrance.ExceedsRest,
            _ when OpenRefunds.Length >= MaxOpen => RefundHindrance.TooManyOpen,
            _ => null,
        };

    /// <summary>
    /// Reserves the amount on the charge and writes the intent, in one transaction; only then PPRO hears of it.
    /// </summary>
    public Change ClaimRefund(
        Attempt charge,
        Money amount,
        RefundIntent intent,
        DateTimeOffset now,
        bool isOwed = false
    )
    {
        if (WhyNoRefund(charge, amount.MinorUnits, now) is not null)
        {
            return Change.None(this);
        }

        var refund = Intend(charge, amount, intent, now) with { IsOwed = isOwed };
        return Change.To(
            this with
            {
                OpenRefunds = OpenRefunds.Add(refund),
            },
            new Fact.NewRefund(refund, intent.Body),
            new Fact.AttemptMoved(Reserving(charge, refund.Holds))
        ) with
        {
            Claim = new(refund.Id, 1, now) { Body = intent.Body },
        };
    }

    private static Refund Intend(Attempt charge, Money amount, RefundIntent intent, DateTimeOffset now) =>
        new Refund
        {
            Id = intent.Id,
            ChargeKey = charge.Key,
            ChargeProviderId = charge.ProviderId!,
            Amount = amount,
            Reference = intent.Reference,
            IdempotencyKey = intent.IdempotencyKey,
            CreatedAt = now,
            State = RefundState.InDoubt,
            Sends = 1,
            FirstSentAt = now,
            LastClaimedAt = now,
        }.Noting(now, "intended");

    /// <summary>
    /// The one way in which a stored refund changes; what it holds of its charge, what it has given back and the open
    /// refunds follow from it.
    /// </summary>
    /// <param name="before">As it was; null for one that is adopted.</param>
    /// <param name="refund">As it is now.</param>
    /// <param name="charge">The charge that it is of, as its row is.</param>
    /// <param name="now">The time.</param>
    /// <param name="what">What happened, for people.</param>
    private Change MoveRefund(Refund? before, Refund refund, Attempt charge, DateTimeOffset now, string what)
    {
        var givenBack = refund.GivenBack - (before?.GivenBack ?? 0);
        var held = refund.Holds - (before?.Holds ?? 0);
        var noted = refund.Noting(now, what) with { Moves = refund.Moves + (givenBack is 0 ? 0 : 1) };
        var rest = OpenRefunds.RemoveAll(it => it.Id == noted.Id);
        var reserved = Reserving(charge, held);
        var next = WithOpen(reserved) with // A refund's event may come before that of its capture.
        {
            OpenRefunds = noted.IsOpen ? rest.Add(noted) : rest,
            RefundedMinorUnits = RefundedMinorUnits + givenBack,
        };
        if (noted is { TookNothing: true, IsOwed: true })
        {
            next = next.StoppedBy(charge.Key, "the late first charge could not be refunded", now);
        }

        Fact fact = before is null ? new Fact.NewRefund(noted, default) : new Fact.RefundMoved(noted);
        var change = Change.To(next, fact);
        change = held is 0 ? change : change.With(new Fact.AttemptMoved(reserved));
        return givenBack is 0 ? change : change.With(MoneyOf(noted, givenBack, now));
    }

    private static Fact.MoneyMoved MoneyOf(Refund refund, long givenBack, DateTimeOffset now) =>
        new(refund.ChargeKey, refund.Id, refund.ProviderId, givenBack, now) { Number = refund.Moves };

    private MethodRules MethodOf() => MethodRules.Find(Terms.PaymentMethod) ?? MethodRules.KakaoPay;

    private static Attempt Reserving(Attempt charge, long minorUnits) =>
        charge with
        {
            RefundedMinorUnits = charge.RefundedMinorUnits + minorUnits,
        };

    private static string Describe(Refund refund) => $"{refund.State} {refund.Failure?.Code}".TrimEnd();
}
