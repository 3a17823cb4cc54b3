namespace Billing;

/// <summary>The right to send a refund: one that is asked for, one that PPRO wanted later, one that is owed.</summary>
public static class RefundClaims
{
    public static Refund? FindOpenRefund(this Agreement agreement, string id) =>
        agreement.OpenRefunds.FirstOrDefault(refund => refund.Id == id);

    /// <summary>Null when this much of a charge may be refunded now.</summary>
    public static RefundHindrance? WhyNoRefund(
        this Agreement agreement,
        Attempt charge,
        long minorUnits,
        DateTimeOffset now
    ) =>
        charge switch
        {
            { State: not AttemptState.Captured } or { ProviderId: null } => RefundHindrance.NotCaptured,
            _ when agreement.OpenRefunds.Any(it => it.ChargeKey == charge.Key) => RefundHindrance.Unsettled,
            _ when now >= charge.RefundableUntil(agreement.MethodOf()) => RefundHindrance.WindowClosed,
            _ when minorUnits > charge.RefundableMinorUnits => RefundHindrance.ExceedsRest,
            _ when agreement.OpenRefunds.Length >= Agreement.MaxOpen => RefundHindrance.TooManyOpen,
            _ => null,
        };

    /// <summary>
    /// Reserves the amount on the charge and writes the intent, in one transaction; only then PPRO hears of it.
    /// </summary>
    public static Change ClaimRefund(
        this Agreement agreement,
        Attempt charge,
        Money amount,
        RefundIntent intent,
        DateTimeOffset now,
        bool isOwed = false
    )
    {
        if (agreement.WhyNoRefund(charge, amount.MinorUnits, now) is not null)
        {
            return Change.None(agreement);
        }

        var refund = Intend(charge, amount, intent, now) with { IsOwed = isOwed };
        return Change.To(
            agreement with
            {
                OpenRefunds = agreement.OpenRefunds.Add(refund),
            },
            new Fact.NewRefund(refund, intent.Body),
            new Fact.AttemptMoved(charge.Reserving(refund.Holds))
        ) with
        {
            Claim = new(refund.Id, 1, now) { Body = intent.Body },
        };
    }

    /// <summary>
    /// The refund that PPRO wanted later is asked for again, under a new reference. What it reserved stays reserved;
    /// when the charge's period is over it has failed.
    /// </summary>
    public static Change ClaimRefundAgain(
        this Agreement agreement,
        string id,
        Attempt charge,
        RefundIntent intent,
        DateTimeOffset now
    )
    {
        if (agreement.FindOpenRefund(id) is not { State: RefundState.Deferred } deferred)
        {
            return Change.None(agreement);
        }

        var failed = deferred with { State = RefundState.Failed, RecheckAt = null };
        if (now >= charge.RefundableUntil(agreement.MethodOf()))
        {
            return agreement.MoveRefund(deferred, failed, charge, now, "too late to ask again");
        }

        var again = Intend(charge, deferred.Amount, intent, now) with
        {
            IsOwed = deferred.IsOwed,
            Number = deferred.Number + 1,
            FirstId = deferred.FirstId ?? deferred.Id,
        };
        var replaced = (failed with { RetriedAs = again.Id }).Noting(now, $"asked for again as {again.Id}");
        return Change.To(
            agreement with
            {
                OpenRefunds = agreement.OpenRefunds.RemoveAll(it => it.Id == id).Add(again),
            },
            new Fact.RefundMoved(replaced),
            new Fact.NewRefund(again, intent.Body)
        ) with
        {
            Claim = new(again.Id, 1, now) { Body = intent.Body },
        };
    }

    /// <summary>The first charge of an agreement that was closed before it became active goes back, in full.</summary>
    public static Change ClaimOwedRefund(
        this Agreement agreement,
        Attempt charge,
        RefundIntent intent,
        DateTimeOffset now
    )
    {
        if (agreement.LateCapture is not { } late || late.ChargeKey != charge.Key)
        {
            return Change.None(agreement);
        }

        var settled = agreement with { LateCapture = null };
        var rest = charge.RefundableMinorUnits;
        return (rest, agreement.WhyNoRefund(charge, rest, now)) switch
        {
            (0, _) => Change.To(settled),
            (_, null) => settled.ClaimRefund(charge, new(rest, charge.Amount.Currency), intent, now, isOwed: true),
            (_, RefundHindrance.Unsettled or RefundHindrance.TooManyOpen) => Change.To(
                agreement with
                {
                    LateCapture = late with { RefundAt = now + Outgoing.Postponed },
                }
            ),
            _ => settled.CallForAPerson(charge.Key, RefundMoves.NotGivenBack, now),
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
}
