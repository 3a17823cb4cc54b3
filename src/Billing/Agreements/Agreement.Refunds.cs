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
            new Fact.AttemptMoved(Reserving(charge, amount.MinorUnits))
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

    private static Fact.MoneyMoved MoneyOf(Refund refund, DateTimeOffset now) =>
        new(refund.ChargeKey, refund.Id, refund.ProviderId, refund.Amount.MinorUnits, now);

    private Change RefuseRefund(Refund refund, Attempt charge, Refusal refusal, DateTimeOffset now)
    {
        var code = $"HTTP {refusal.HttpStatus}";
        return refusal.Kind is RefusalKind.Request or RefusalKind.NotFound
            ? MoveRefund(
                refund with
                {
                    State = RefundState.NotExecuted,
                    Failure = new("REQUEST_REFUSED", code, refusal.Message, false),
                },
                charge,
                now,
                code
            )
            : MoveRefund(Unsend(refund, now), charge, now, code);
    }

    private static Refund Unsend(Refund refund, DateTimeOffset now) =>
        refund with
        {
            State = RefundState.Unsent,
            Sends = 0,
            RecheckAt = now + Postponed,
        };

    /// <summary>
    /// The one way in which a stored refund changes; with its end, the charge and the sums change too.
    /// </summary>
    private Change MoveRefund(Refund refund, Attempt charge, DateTimeOffset now, string what)
    {
        var noted = refund.Noting(now, what);
        var rest = OpenRefunds.RemoveAll(it => it.Id == refund.Id);
        var change = Change.To(
            this with
            {
                OpenRefunds = noted.IsOpen ? rest.Add(noted) : rest,
                RefundedMinorUnits =
                    RefundedMinorUnits + (noted.State is RefundState.Refunded ? noted.Amount.MinorUnits : 0),
                Exception = noted is { TookNothing: true, IsOwed: true }
                    ? $"the late first charge {noted.ChargeKey} could not be refunded"
                    : Exception,
            },
            new Fact.RefundMoved(noted)
        );
        return noted switch
        {
            { TookNothing: true } => change.With(new Fact.AttemptMoved(Reserving(charge, -noted.Amount.MinorUnits))),
            { State: RefundState.Refunded } => change.With(MoneyOf(noted, now)),
            _ => change,
        };
    }

    private MethodRules MethodOf() => MethodRules.Find(Terms.PaymentMethod) ?? MethodRules.KakaoPay;

    private static Attempt Reserving(Attempt charge, long minorUnits) =>
        charge with
        {
            RefundedMinorUnits = charge.RefundedMinorUnits + minorUnits,
        };

    private static RefundState StateOf(RefundStatus status) =>
        status switch
        {
            RefundStatus.Refunded => RefundState.Refunded,
            RefundStatus.Failed => RefundState.Failed,
            _ => RefundState.Pending,
        };

    private static string Describe(Refund refund) => $"{refund.State} {refund.Failure?.Code}".TrimEnd();
}
