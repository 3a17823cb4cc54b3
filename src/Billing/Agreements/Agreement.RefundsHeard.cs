namespace Billing;

/// <summary>
/// What PPRO says of refunds, of ours and of those that were made in its portal: by an answer, a read or an event.
/// </summary>
public sealed partial record Agreement
{
    /// <summary>
    /// PPRO's word on a refund of ours, as it was asked for or as a read shows it: it wins over what events said.
    /// </summary>
    private Change HearRefund(Refund refund, Attempt charge, RefundReading reading, DateTimeOffset now)
    {
        if (
            (refund.State is RefundState.Deferred && reading.Status is not RefundStatus.Refunded)
            || (reading.Reference is { } name && name != refund.Reference)
        )
        {
            return RefundLooked(refund.Id, charge, now);
        }

        if (refund.ProviderId is { } known && known != reading.ProviderId)
        {
            var asFound = refund with { ProviderId = reading.ProviderId };
            return StoppedBy(refund.Id, $"it is {Both(known, reading.ProviderId)} at PPRO", now)
                .HearRefund(asFound, charge, reading, now);
        }

        var heard = refund with
        {
            ProviderId = reading.ProviderId,
            Failure = reading.Status is RefundStatus.Refunded ? null : Failure.Merge(reading.Failure, refund.Failure),
            LastLookAt = now,
            RecheckAt = null,
        };
        return reading.Status switch
        {
            RefundStatus.Refunded => RefundMade(refund, heard, charge, reading.MinorUnits, reading.At ?? now, now),
            RefundStatus.Failed => RefundFailed(refund, heard, charge, reading.At ?? now, now),
            _ => MoveRefund(refund, heard with { State = RefundState.Pending }, charge, now, "Pending"),
        };
    }

    /// <summary>
    /// What PPRO's own list says of a refund: one of ours, open or decided, or one that was made in PPRO's portal.
    /// </summary>
    /// <param name="charge">The charge it belongs to.</param>
    /// <param name="known">Our refund, as its row was; null for none.</param>
    /// <param name="reading">PPRO's word.</param>
    /// <param name="now">The time.</param>
    public Change HearRefundAtPpro(Attempt charge, Refund? known, RefundReading reading, DateTimeOffset now)
    {
        var refund = known is null ? null : FindOpenRefund(known.Id) ?? known;
        return (refund, reading.Status) switch
        {
            (null, RefundStatus.Refunded) => Adopt(charge, AdoptedOf(charge, reading, now), reading.At ?? now, now),
            (null, _) => Change.None(this),
            ({ State: RefundState.Pending }, RefundStatus.Pending) => Change.None(this),
            ({ IsOpen: false }, RefundStatus.Pending) => Change.None(this),
            ({ TookNothing: true }, RefundStatus.Failed) => Change.None(this),
            ({ TookNothing: true }, _) => RefundMadeAfterAll(refund, charge, reading, now),
            ({ IsOpen: false }, RefundStatus.Refunded) => Change.None(this),
            _ => HearRefund(refund, charge, reading, now),
        };
    }

    /// <summary>PPRO made it, of whatever amount: the books say what PPRO said.</summary>
    private Change RefundMade(
        Refund? before,
        Refund heard,
        Attempt charge,
        long minorUnits,
        DateTimeOffset at,
        DateTimeOffset now
    )
    {
        var isRejected = charge.Funds.Any(it => it.OperationId == heard.ProviderId && it.IsRejectedRefund);
        var made = heard with
        {
            State = isRejected ? RefundState.Rejected : RefundState.Refunded,
            MadeAt = Latest(heard.MadeAt, at),
            Amount = minorUnits > 0 ? new(minorUnits, heard.Amount.Currency) : heard.Amount,
        };
        var stopped =
            made.Amount == heard.Amount
                ? this
                : StoppedBy(
                    made.Id,
                    $"PPRO refunded {made.Amount.MinorUnits}, and {heard.Amount.MinorUnits} was asked for",
                    now
                );
        stopped = isRejected ? stopped.StoppedBy(made.Id, SentBack, now) : stopped;
        return stopped.MoveRefund(before, made, charge, now, Describe(made));
    }

    private Change RefundFailed(Refund before, Refund heard, Attempt charge, DateTimeOffset at, DateTimeOffset now)
    {
        var failed = heard with { State = RefundState.Failed, FailedAt = Latest(heard.FailedAt, at) };
        var again = RefundRetries.After(failed, failed.Failure, charge.RefundableUntil(MethodOf()), now);
        failed = again is null ? failed : failed with { State = RefundState.Deferred, RecheckAt = again };
        var stopped =
            before.GivenBack > 0 || before.MadeAt is not null ? StoppedBy(before.Id, FailedAfterAll, now) : this;
        return stopped.MoveRefund(before, failed, charge, now, Describe(failed));
    }

    /// <summary>PPRO made a refund that we had closed: its word wins, and a person has to look at it.</summary>
    private Change RefundMadeAfterAll(Refund closed, Attempt charge, RefundReading reading, DateTimeOffset now) =>
        StoppedBy(closed.Id, "a refund was made after it had been closed", now)
            .RefundMade(
                closed,
                closed with
                {
                    ProviderId = reading.ProviderId,
                },
                charge,
                reading.MinorUnits,
                reading.At ?? now,
                now
            );

    /// <summary>
    /// A refund that we never asked for was made in PPRO's portal: kept as one of ours, decided already. Its row is
    /// inserted under PPRO's id, so that a repeated event is not counted twice, and two of one name are.
    /// </summary>
    private Change Adopt(Attempt charge, Refund refund, DateTimeOffset at, DateTimeOffset now) =>
        RefundMade(null, refund, charge, refund.Amount.MinorUnits, at, now);

    private static Refund AdoptedOf(Attempt charge, RefundReading reading, DateTimeOffset now) =>
        new()
        {
            Id = Refund.AdoptedIdOf(charge.Key, reading.ProviderId),
            ChargeKey = charge.Key,
            ChargeProviderId = charge.ProviderId ?? string.Empty,
            Amount = new(reading.MinorUnits, charge.Amount.Currency),
            Reference = reading.Reference ?? reading.ProviderId,
            IdempotencyKey = string.Empty,
            CreatedAt = now,
            State = RefundState.Refunded,
            ProviderId = reading.ProviderId,
            IsAdopted = true,
        };
}
