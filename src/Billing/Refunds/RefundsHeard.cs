namespace Billing;

/// <summary>
/// What PPRO says of refunds, of ours and of those that were made in its portal: by an answer, a read or an event.
/// </summary>
public static class RefundsHeard
{
    /// <summary>What PPRO says of an open refund. One that PPRO wants later waits for its next number.</summary>
    public static Change HearRefund(
        this Agreement agreement,
        string id,
        Attempt charge,
        RefundReading reading,
        DateTimeOffset now
    ) =>
        agreement.FindOpenRefund(id) is { } refund
            ? agreement.HearRefund(refund, charge, reading, now)
            : Change.None(agreement);

    /// <summary>
    /// PPRO's word on a refund of ours, as it was asked for or as a read shows it: it wins over what events said.
    /// </summary>
    internal static Change HearRefund(
        this Agreement agreement,
        Refund refund,
        Attempt charge,
        RefundReading reading,
        DateTimeOffset now
    )
    {
        if (
            (refund.State is RefundState.Deferred && reading.Status is not RefundStatus.Refunded)
            || (reading.Reference is { } name && name != refund.Reference)
        )
        {
            return agreement.RefundLooked(refund.Id, charge, now);
        }

        if (refund.ProviderId is { } known && known != reading.ProviderId)
        {
            var asFound = refund with { ProviderId = reading.ProviderId };
            return agreement
                .StoppedBy(refund.Id, $"it is {Texts.Both(known, reading.ProviderId)} at PPRO", now)
                .HearRefund(asFound, charge, reading, now);
        }

        var heard = refund.HeardOf(reading.ProviderId, now) with
        {
            Failure = reading.Status is RefundStatus.Refunded ? null : Failure.Merge(reading.Failure, refund.Failure),
        };
        return reading.Status switch
        {
            RefundStatus.Refunded => agreement.RefundMade(
                refund,
                heard,
                charge,
                reading.MinorUnits,
                reading.At ?? now,
                now
            ),
            RefundStatus.Failed => agreement.RefundFailed(refund, heard, charge, reading.At ?? now, now),
            _ => agreement.MoveRefund(refund, heard with { State = RefundState.Pending }, charge, now, "Pending"),
        };
    }

    /// <summary>
    /// What PPRO's own list says of a refund: one of ours, open or decided, or one that was made in PPRO's portal.
    /// </summary>
    /// <param name="charge">The charge it belongs to.</param>
    /// <param name="known">Our refund, as its row was; null for none.</param>
    /// <param name="reading">PPRO's word.</param>
    /// <param name="now">The time.</param>
    public static Change HearRefundAtPpro(
        this Agreement agreement,
        Attempt charge,
        Refund? known,
        RefundReading reading,
        DateTimeOffset now
    )
    {
        var refund = known is null ? null : agreement.FindOpenRefund(known.Id) ?? known;
        return (refund, reading.Status) switch
        {
            (null, RefundStatus.Refunded) => agreement.Adopt(
                charge,
                Refund.Adopted(charge, reading, now),
                reading.At ?? now,
                now
            ),
            (null, _) => Change.None(agreement),
            ({ State: RefundState.Pending }, RefundStatus.Pending) => Change.None(agreement),
            ({ IsOpen: false }, RefundStatus.Pending) => Change.None(agreement),
            ({ TookNothing: true }, RefundStatus.Failed) => Change.None(agreement),
            ({ TookNothing: true }, _) => agreement.RefundMadeAfterAll(refund, charge, reading, now),
            ({ IsOpen: false }, RefundStatus.Refunded) => Change.None(agreement),
            _ => agreement.HearRefund(refund, charge, reading, now),
        };
    }

    /// <summary>PPRO made it, of whatever amount: the books say what PPRO said.</summary>
    internal static Change RefundMade(
        this Agreement agreement,
        Refund? before,
        Refund heard,
        Attempt charge,
        long minorUnits,
        DateTimeOffset at,
        DateTimeOffset now
    )
    {
        var isRejected = charge.FundsOf(heard) is { IsRejectedRefund: true };
        var made = heard with
        {
            State = isRejected ? RefundState.Rejected : RefundState.Refunded,
            MadeAt = Agreement.Latest(heard.MadeAt, at),
            Amount = minorUnits > 0 ? new(minorUnits, heard.Amount.Currency) : heard.Amount,
        };
        var stopped =
            made.Amount == heard.Amount
                ? agreement
                : agreement.StoppedBy(
                    made.Id,
                    $"PPRO refunded {made.Amount.MinorUnits}, and {heard.Amount.MinorUnits} was asked for",
                    now
                );
        stopped = isRejected ? stopped.StoppedBy(made.Id, RefundMoves.SentBack, now) : stopped;
        return stopped.MoveRefund(before, made, charge, now, Describe(made));
    }

    private static Change RefundFailed(
        this Agreement agreement,
        Refund before,
        Refund heard,
        Attempt charge,
        DateTimeOffset at,
        DateTimeOffset now
    )
    {
        var failed = heard with { State = RefundState.Failed, FailedAt = Agreement.Latest(heard.FailedAt, at) };
        var again = RefundRetries.After(failed, failed.Failure, charge.RefundableUntil(agreement.MethodOf()), now);
        failed = again is null ? failed : failed with { State = RefundState.Deferred, RecheckAt = again };
        var stopped =
            before.GivenBack > 0 || before.MadeAt is not null
                ? agreement.StoppedBy(before.Id, RefundMoves.FailedAfterAll, now)
                : agreement;
        return stopped.MoveRefund(before, failed, charge, now, Describe(failed));
    }

    /// <summary>PPRO made a refund that we had closed: its word wins, and a person has to look at it.</summary>
    internal static Change RefundMadeAfterAll(
        this Agreement agreement,
        Refund closed,
        Attempt charge,
        RefundReading reading,
        DateTimeOffset now
    ) =>
        agreement
            .StoppedBy(closed.Id, "a refund was made after it had been closed", now)
            .RefundMade(
                closed,
                closed with
                {
                    ProviderId = reading.ProviderId,
                    Failure = null,
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
    internal static Change Adopt(
        this Agreement agreement,
        Attempt charge,
        Refund refund,
        DateTimeOffset at,
        DateTimeOffset now
    ) => agreement.RefundMade(null, refund, charge, refund.Amount.MinorUnits, at, now);

    private static string Describe(Refund refund) => $"{refund.State} {refund.Failure?.Code}".TrimEnd();
}
