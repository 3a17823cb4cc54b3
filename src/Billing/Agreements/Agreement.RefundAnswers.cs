using System.Diagnostics;

namespace Billing;

/// <summary>What becomes of a refund that was sent.</summary>
public sealed partial record Agreement
{
    /// <summary>Records what came of a send; what an answer proves is the same as for a charge (rule 3).</summary>
    public Change SettleRefund(Claim claim, Attempt charge, Answer<RefundReading> answer, DateTimeOffset now)
    {
        if (FindOpenRefund(claim.Key) is not { } refund)
        {
            return Change.None(this);
        }

        return answer switch
        {
            Answer<RefundReading>.Said said => HearRefund(refund, charge, said.Reading, now),
            Answer<RefundReading>.Refused { Refusal: var refusal } when refund.IsOnlySendOf(claim) => RefuseRefund(
                refund,
                charge,
                refusal,
                now
            ),
            Answer<RefundReading>.Refused { Refusal: var refusal } => Refused(refund, refusal, now)
                .MoveRefund(refund, refund, charge, now, $"HTTP {refusal.HttpStatus} to a resend"),
            Answer<RefundReading>.InDoubt doubt => MoveRefund(refund, refund, charge, now, doubt.Why),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>Whoever held this claim did not send: an only send is certainly not at PPRO.</summary>
    public Change RefundNotSent(Claim claim, Attempt charge, string why, DateTimeOffset now) =>
        FindOpenRefund(claim.Key) is { } refund && refund.IsOnlySendOf(claim)
            ? MoveRefund(refund, Unsend(refund, now), charge, now, $"not sent: {why}")
            : Change.None(this);

    private Change RefuseRefund(Refund refund, Attempt charge, Refusal refusal, DateTimeOffset now)
    {
        var code = $"HTTP {refusal.HttpStatus}";
        if (!refusal.IsOfRequest)
        {
            return Refused(refund, refusal, now).MoveRefund(refund, Unsend(refund, now), charge, now, code);
        }

        var failure = new Failure("REQUEST_REFUSED", code, refusal.Message, IsRetryable: false);
        var refused = refund with { State = RefundState.NotExecuted, Failure = failure };
        return MoveRefund(refund, refused, charge, now, code);
    }

    /// <summary>A refusal of this refund alone calls for a person.</summary>
    private Agreement Refused(Refund refund, Refusal refusal, DateTimeOffset now) =>
        refusal.Kind is RefusalKind.Agreement
            ? StoppedBy(refund.Id, $"PPRO refuses this refund, and nothing else: HTTP {refusal.HttpStatus}", now)
            : this;

    private static Refund Unsend(Refund refund, DateTimeOffset now) =>
        refund with
        {
            State = RefundState.Unsent,
            Sends = 0,
            RecheckAt = now + Postponed,
        };

    /// <summary>What PPRO says of an open refund. One that PPRO wants later waits for its next number.</summary>
    public Change HearRefund(string id, Attempt charge, RefundReading reading, DateTimeOffset now) =>
        FindOpenRefund(id) is { } refund ? HearRefund(refund, charge, reading, now) : Change.None(this);

    /// <summary>
    /// A read back in this look did not show it: sent once more, closed, or left to wait, as a charge would be. One
    /// that never left is closed when refunds may no longer be asked for. What another look has deferred is left to its
    /// own time.
    /// </summary>
    public Change RefundNotFound(string id, Attempt charge, bool maySend, BillingRules rules, DateTimeOffset now)
    {
        if (FindOpenRefund(id) is not { State: not RefundState.Deferred } refund)
        {
            return Change.None(this);
        }

        if (refund.HasNeverHappened(rules, now))
        {
            return CloseUnheard(refund, charge, now);
        }

        var looked = refund with { LastLookAt = now, RecheckAt = null };
        var isTooLate = now >= charge.RefundableUntil(MethodOf());
        if (looked.IsUnsent && isTooLate)
        {
            var closed = looked with { State = RefundState.NotExecuted };
            return MoveRefund(refund, closed, charge, now, "too late to send");
        }

        if (!maySend || !looked.MayBeSent(now) || isTooLate)
        {
            var waiting = looked.IsUnsent ? looked with { RecheckAt = now + Postponed } : looked;
            return MoveRefund(refund, waiting, charge, now, "looked for");
        }

        var again = looked with
        {
            State = RefundState.InDoubt,
            Sends = looked.Sends + 1,
            FirstSentAt = looked.Sends is 0 ? now : looked.FirstSentAt,
            LastClaimedAt = now,
        };
        return MoveRefund(refund, again, charge, now, $"sent, time {again.Sends}") with
        {
            Claim = new(id, again.Sends, now),
        };
    }

    /// <summary>What a shop asked for is its own to ask again; what is owed goes on under the next number.</summary>
    private Change CloseUnheard(Refund refund, Attempt charge, DateTimeOffset now)
    {
        var isTriedAgain = refund.IsOwed && RefundRetries.MayGoOn(refund);
        var closed = isTriedAgain
            ? refund with
            {
                State = RefundState.Deferred,
                RecheckAt = now,
            }
            : refund with
            {
                State = RefundState.NeverHappened,
            };
        return MoveRefund(refund, closed with { LastLookAt = now }, charge, now, "never happened");
    }

    /// <summary>A read back was tried, and PPRO did not say. What another look has deferred stays so.</summary>
    public Change RefundLooked(string id, Attempt charge, DateTimeOffset now) =>
        FindOpenRefund(id) is { State: not RefundState.Deferred } refund
            ? MoveRefund(
                refund,
                refund with
                {
                    LastLookAt = now,
                    RecheckAt = refund.IsUnsent ? now + Postponed : null,
                },
                charge,
                now,
                "looked for"
            )
            : Change.None(this);
}
