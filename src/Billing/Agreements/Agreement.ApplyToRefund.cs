namespace Billing;

/// <summary>What events say of refunds, of ours and of those that were made in PPRO's portal.</summary>
public sealed partial record Agreement
{
    /// <summary>
    /// The open refund of this charge that an event speaks of; null when it is none of ours, or decided.
    /// </summary>
    private Refund? FindOpenRefund(PproEvent happened, Attempt charge) =>
        happened.RefundProviderId is { } id
            ? Pairing.OursOf(id, happened.RefundReference, [.. OpenRefunds.Where(it => it.ChargeKey == charge.Key)])
            : null;

    /// <summary>A failure known only by its event is confirmed by a read, like a decline.</summary>
    private Change ApplyToRefund(PproEvent happened, Attempt charge, DateTimeOffset now)
    {
        if (
            FindOpenRefund(happened, charge) is not { } refund
            || happened.RefundProviderId is not { } id
            || (refund.State is RefundState.Deferred && happened.Kind is not PproEventKind.RefundSucceeded)
        )
        {
            return Change.To(this);
        }

        if (happened.Kind is PproEventKind.RefundFailed)
        {
            var heard = refund with { ProviderId = id, State = RefundState.Pending, RecheckAt = now };
            return MoveRefund(heard, charge, now, happened.Type);
        }

        if (happened.Kind is PproEventKind.RefundPending)
        {
            // What a failure has put down to be read stays so, whichever of the two comes first.
            var pending = refund with
            {
                ProviderId = id,
                State = RefundState.Pending,
            };
            return MoveRefund(pending, charge, now, happened.Type);
        }

        return HearRefund(
            refund.Id,
            charge,
            new(id, RefundStatus.Refunded, refund.Amount.MinorUnits, refund.Reference, null, happened.Time),
            now
        );
    }
}
