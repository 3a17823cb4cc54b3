namespace Billing;

/// <summary>What PPRO's events say of refunds.</summary>
internal static class RefundEvents
{
    /// <summary>
    /// What an event says of a refund. Events overtake one another: the newest word counts, by PPRO's clock. A failure
    /// is confirmed by a read, like a decline; one that comes after the success takes that back at once.
    /// </summary>
    internal static Change ApplyToRefund(
        this Agreement agreement,
        PproEvent happened,
        Attempt charge,
        Refund? known,
        DateTimeOffset now
    )
    {
        if (happened.RefundProviderId is not { } id)
        {
            return Change.To(agreement);
        }

        var reading = new RefundReading(
            id,
            RefundStatus.Refunded,
            happened.AmountMinorUnits ?? 0,
            happened.RefundReference,
            happened.Failure,
            happened.Time ?? now
        );
        return (happened.Kind, known) switch
        {
            (PproEventKind.RefundPending, { IsOpen: true, State: not RefundState.Deferred }) => agreement.MoveRefund(
                known,
                known with
                {
                    ProviderId = id,
                    State = RefundState.Pending,
                },
                charge,
                now,
                happened.Type
            ),
            (PproEventKind.RefundPending, _) => Change.To(agreement),
            (_, null) when reading.MinorUnits <= 0 => Change.To(agreement),
            (PproEventKind.RefundSucceeded, null) when happened.ChargeProviderId is null => agreement.CallForAPerson(
                charge.Key,
                "a refund at PPRO names none of our charges",
                now
            ),
            (_, null) when happened.ChargeProviderId is null => Change.To(agreement),
            (PproEventKind.RefundSucceeded, _) => agreement.ApplyMade(known, charge, reading, now),
            (PproEventKind.RefundFailed, _) => agreement.ApplyFailed(known, charge, reading, now),
            _ => Change.To(agreement),
        };
    }

    private static Change ApplyMade(
        this Agreement agreement,
        Refund? known,
        Attempt charge,
        RefundReading reading,
        DateTimeOffset now
    )
    {
        var at = reading.At!.Value;
        if (known is null)
        {
            return agreement.Adopt(charge, Refund.Adopted(charge, reading, now), at, now);
        }

        if (known.FailedAt >= at)
        {
            // It has failed since then. That it had been made before is for a person, whichever is heard of first.
            var made = known with
            {
                ProviderId = reading.ProviderId,
                MadeAt = Agreement.Latest(known.MadeAt, at),
            };
            return agreement
                .MoveRefund(known, made, charge, now, RefundMoves.FailedSince)
                .Then(it => it.CallForAPerson(known.Id, RefundMoves.FailedAfterAll, now));
        }

        var heard = known with { ProviderId = reading.ProviderId, Failure = null, RecheckAt = null };
        return known switch
        {
            { TookNothing: true } => agreement.RefundMadeAfterAll(known, charge, reading, now),
            { IsOpen: true } => agreement.RefundMade(known, heard, charge, reading.MinorUnits, at, now),
            _ => Change.To(agreement),
        };
    }

    /// <summary>
    /// A failure by its event alone. What is open is read; what had been made is taken back now, and read too.
    /// </summary>
    private static Change ApplyFailed(
        this Agreement agreement,
        Refund? known,
        Attempt charge,
        RefundReading reading,
        DateTimeOffset now
    )
    {
        var at = reading.At!.Value;
        if (known is null)
        {
            // One of PPRO's portal. It is kept, so that a word of its success which is on its way says nothing new.
            var adopted = Refund.Adopted(charge, reading, now);
            return agreement.MoveRefund(
                null,
                agreement.Failing(adopted, reading, at, now),
                charge,
                now,
                "failed at PPRO"
            );
        }

        if (known.TookNothing || known.State is RefundState.Deferred || known.MadeAt > at)
        {
            return Change.To(agreement);
        }

        var change = agreement.MoveRefund(
            known,
            agreement.Failing(known, reading, at, now),
            charge,
            now,
            "failed, by its event"
        );
        return known.IsOpen ? change : change.Then(it => it.CallForAPerson(known.Id, RefundMoves.FailedAfterAll, now));
    }

    /// <summary>To be read; where too many are open already, the event is believed.</summary>
    private static Refund Failing(
        this Agreement agreement,
        Refund refund,
        RefundReading reading,
        DateTimeOffset at,
        DateTimeOffset now
    ) =>
        refund with
        {
            ProviderId = reading.ProviderId,
            State =
                agreement.OpenRefunds.Length < Agreement.MaxOpen || agreement.FindOpenRefund(refund.Id) is not null
                    ? RefundState.Pending
                    : RefundState.Failed,
            Failure = Failure.Merge(reading.Failure, refund.Failure),
            FailedAt = Agreement.Latest(refund.FailedAt, at),
            RecheckAt = now,
        };
}
