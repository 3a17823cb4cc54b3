namespace Billing;

/// <summary>What PPRO's events say of refunds.</summary>
public sealed partial record Agreement
{
    private const string FailedAfterAll = "a refund failed after it had been made";

    /// <summary>
    /// What an event says of a refund. Events overtake one another: the newest word counts, by PPRO's clock. A failure
    /// is confirmed by a read, like a decline; one that comes after the success takes that back at once.
    /// </summary>
    private Change ApplyToRefund(PproEvent happened, Attempt charge, Refund? known, DateTimeOffset now)
    {
        if (happened.RefundProviderId is not { } id)
        {
            return Change.To(this);
        }

        var reading = new RefundReading(
            id,
            RefundStatus.Refunded,
            happened.AmountMinorUnits ?? known?.Amount.MinorUnits ?? 0,
            happened.RefundReference,
            happened.Failure,
            happened.Time ?? now
        );
        return (happened.Kind, known) switch
        {
            (PproEventKind.RefundPending, { IsOpen: true, State: not RefundState.Deferred }) => MoveRefund(
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
            (PproEventKind.RefundPending, _) => Change.To(this),
            (_, null) when reading.MinorUnits <= 0 => Change.To(this),
            (PproEventKind.RefundSucceeded, null) when happened.ChargeProviderId is null => CallForAPerson(
                charge.Key,
                "a refund at PPRO names none of our charges",
                now
            ),
            (_, null) when happened.ChargeProviderId is null => Change.To(this),
            (PproEventKind.RefundSucceeded, _) => ApplyMade(known, charge, reading, now),
            _ => ApplyFailed(known, charge, reading, now),
        };
    }

    private Change ApplyMade(Refund? known, Attempt charge, RefundReading reading, DateTimeOffset now)
    {
        var at = reading.At!.Value;
        if (known is null)
        {
            return Adopt(charge, AdoptedOf(charge, reading, now), at, now);
        }

        if (known.FailedAt >= at)
        {
            // It has failed since then. That it had been made before is for a person, whichever is heard of first.
            var made = known with
            {
                ProviderId = reading.ProviderId,
                MadeAt = Latest(known.MadeAt, at),
            };
            return MoveRefund(known, made, charge, now, "made, and failed since")
                .Then(it => it.CallForAPerson(known.Id, FailedAfterAll, now));
        }

        var heard = known with { ProviderId = reading.ProviderId, Failure = null, RecheckAt = null };
        return known switch
        {
            { TookNothing: true } => RefundMadeAfterAll(known, charge, reading, now),
            { IsOpen: true } => RefundMade(known, heard, charge, reading.MinorUnits, at, now),
            _ => Change.To(this),
        };
    }

    /// <summary>
    /// A failure by its event alone. What is open is read; what had been made is taken back now, and read too.
    /// </summary>
    private Change ApplyFailed(Refund? known, Attempt charge, RefundReading reading, DateTimeOffset now)
    {
        var at = reading.At!.Value;
        if (known is null)
        {
            // One of PPRO's portal. It is kept, so that a word of its success which is on its way says nothing new.
            var adopted = AdoptedOf(charge, reading, now);
            return MoveRefund(null, Failing(adopted, reading, at, now), charge, now, "failed at PPRO");
        }

        if (known.TookNothing || known.State is RefundState.Deferred || known.MadeAt > at)
        {
            return Change.To(this);
        }

        var change = MoveRefund(known, Failing(known, reading, at, now), charge, now, "failed, by its event");
        return known.IsOpen ? change : change.Then(it => it.CallForAPerson(known.Id, FailedAfterAll, now));
    }

    /// <summary>To be read; where too many are open already, the event is believed.</summary>
    private Refund Failing(Refund refund, RefundReading reading, DateTimeOffset at, DateTimeOffset now) =>
        refund with
        {
            ProviderId = reading.ProviderId,
            State =
                OpenRefunds.Length < MaxOpen || FindOpenRefund(refund.Id) is not null
                    ? RefundState.Pending
                    : RefundState.Failed,
            Failure = Failure.Merge(reading.Failure, refund.Failure),
            FailedAt = Latest(refund.FailedAt, at),
            RecheckAt = now,
        };
}
