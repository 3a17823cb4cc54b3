namespace Billing;

/// <summary>Refunds that PPRO has made without our asking now: in its portal, or after we had closed them.</summary>
public sealed partial record Agreement
{
    /// <summary>
    /// A refund that succeeded and that we never asked for was made in PPRO's portal. Its row is inserted under PPRO's
    /// id, so that a repeated event is not counted twice, and two of one name are. One of ours that we had closed is an
    /// exception.
    /// </summary>
    /// <param name="happened">The event.</param>
    /// <param name="charge">The charge it speaks of; null for none.</param>
    /// <param name="known">Our refund that the event speaks of, as its row was; null for none.</param>
    /// <param name="now">When it is applied.</param>
    public Change AdoptRefund(PproEvent happened, Attempt? charge, Refund? known, DateTimeOffset now)
    {
        if (
            charge is null
            || happened
                is not {
                    Kind: PproEventKind.RefundSucceeded,
                    RefundProviderId: { } id,
                    AmountMinorUnits: > 0 and var amount
                }
            || FindOpenRefund(happened, charge) is not null
        )
        {
            return Change.None(this);
        }

        return HearMade(charge, known, id, happened.RefundReference, amount, now);
    }

    /// <summary>
    /// What PPRO's own list says of a refund: one of ours that is open, one that we had closed, or one that was made in
    /// PPRO's portal.
    /// </summary>
    /// <param name="charge">The charge it belongs to.</param>
    /// <param name="known">Our refund, as its row was; null for none.</param>
    /// <param name="reading">PPRO's word.</param>
    /// <param name="now">The time.</param>
    public Change HearRefundAtPpro(Attempt charge, Refund? known, RefundReading reading, DateTimeOffset now)
    {
        if (known is not null && FindOpenRefund(known.Id) is { } open)
        {
            return reading.Status is RefundStatus.Pending && open.State is RefundState.Pending
                ? Change.None(this)
                : HearRefund(known.Id, charge, reading, now);
        }

        return reading.Status is RefundStatus.Refunded
            ? HearMade(charge, known, reading.ProviderId, reading.Reference, reading.MinorUnits, now)
            : Change.None(this);
    }

    /// <summary>A refund that PPRO has made and that is not open here.</summary>
    private Change HearMade(
        Attempt charge,
        Refund? known,
        string providerId,
        string? reference,
        long minorUnits,
        DateTimeOffset now
    ) =>
        known is null
            ? Adopt(charge, providerId, reference, minorUnits, now)
            : HearClosedRefund(known, charge, providerId, now);

    /// <summary>A refund that was made in PPRO's portal: kept as one of ours, decided already.</summary>
    private Change Adopt(Attempt charge, string providerId, string? reference, long minorUnits, DateTimeOffset now)
    {
        var refund = new Refund
        {
            Id = Refund.IdOf(charge.Key, providerId),
            ChargeKey = charge.Key,
            ChargeProviderId = charge.ProviderId ?? string.Empty,
            Amount = new(minorUnits, charge.Amount.Currency),
            Reference = reference ?? providerId,
            IdempotencyKey = string.Empty,
            CreatedAt = now,
            State = RefundState.Refunded,
            ProviderId = providerId,
            IsAdopted = true,
        }.Noting(now, "made at PPRO");
        var reserved = Reserving(charge, minorUnits);
        return Change.To(
            WithOpen(reserved) with // The refund's event may come before that of the capture.
            {
                RefundedMinorUnits = RefundedMinorUnits + minorUnits,
            },
            new Fact.NewRefund(refund, default),
            new Fact.AttemptMoved(reserved),
            MoneyOf(refund, now)
        );
    }

    /// <summary>PPRO made a refund that we had closed: its word wins, and a person has to look at it.</summary>
    private Change HearClosedRefund(Refund closed, Attempt charge, string providerId, DateTimeOffset now)
    {
        if (!closed.TookNothing)
        {
            return Change.None(this);
        }

        var made = (closed with { State = RefundState.Refunded, ProviderId = providerId }).Noting(
            now,
            "made after all"
        );
        return Change.To(
            this with
            {
                RefundedMinorUnits = RefundedMinorUnits + made.Amount.MinorUnits,
                Exception = $"refund {made.Id} was made after it had been closed",
            },
            new Fact.RefundMoved(made),
            new Fact.AttemptMoved(Reserving(charge, made.Amount.MinorUnits)),
            MoneyOf(made, now)
        );
    }
}
