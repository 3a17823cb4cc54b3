using System.Diagnostics;

namespace Billing;

/// <summary>What becomes of a refund that was sent, and of one that was looked for and not found.</summary>
public static class RefundAnswers
{
    /// <summary>Records what came of a send.</summary>
    public static Change SettleRefund(
        this Agreement agreement,
        Claim claim,
        Attempt charge,
        Answer<RefundReading> answer,
        DateTimeOffset now
    )
    {
        if (agreement.FindOpenRefund(claim.Key) is not { } refund)
        {
            return Change.None(agreement);
        }

        return Proof.Of(answer, refund.IsOnlySendOf(claim)) switch
        {
            Proof<RefundReading>.Heard { Reading: { Status: RefundStatus.Refunded, At: { } at } made }
                when refund.FailedAt > at => agreement.MoveRefund(
                refund,
                refund with
                {
                    ProviderId = made.ProviderId,
                    MadeAt = Agreement.Latest(refund.MadeAt, at),
                },
                charge,
                now,
                RefundMoves.FailedSince // Held up on its way: what an event told meanwhile is newer, and is read.
            ),
            Proof<RefundReading>.Heard heard => agreement.HearRefund(refund, charge, heard.Reading, now),
            Proof<RefundReading>.NotExecuted { Refusal: var wrong } => agreement.MoveRefund(
                refund,
                refund.RefusedFor(wrong),
                charge,
                now,
                wrong.Code
            ),
            Proof<RefundReading>.NotYet { Refusal: var refusal } => agreement
                .Refused(refund, refusal, now)
                .MoveRefund(refund, refund.NotYetSent(now + Outgoing.WaitAfter(refusal)), charge, now, refusal.Code),
            Proof<RefundReading>.Unknown unknown => agreement
                .Refused(refund, unknown.Refusal, now)
                .MoveRefund(refund, refund, charge, now, unknown.Why),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>Whoever held this claim did not send: an only send is certainly not at PPRO.</summary>
    public static Change RefundNotSent(
        this Agreement agreement,
        Claim claim,
        Attempt charge,
        string why,
        DateTimeOffset now
    ) =>
        agreement.FindOpenRefund(claim.Key) is { } refund && refund.IsOnlySendOf(claim)
            ? agreement.MoveRefund(refund, refund.NotYetSent(now + Outgoing.Postponed), charge, now, $"not sent: {why}")
            : Change.None(agreement);

    /// <summary>A refusal of this refund alone calls for a person.</summary>
    private static Agreement Refused(this Agreement agreement, Refund refund, Refusal? refusal, DateTimeOffset now) =>
        refusal is { Kind: RefusalKind.Agreement }
            ? agreement.StoppedBy(refund.Id, $"PPRO refuses this refund, and nothing else: {refusal.Code}", now)
            : agreement;

    /// <summary>
    /// A read back in this look did not show it: sent once more, closed, or left to wait, as a charge would be. One
    /// that never left is closed when refunds may no longer be asked for. What another look has deferred is left to its
    /// own time.
    /// </summary>
    public static Change RefundNotFound(
        this Agreement agreement,
        string id,
        Attempt charge,
        bool maySend,
        BillingRules rules,
        DateTimeOffset now
    )
    {
        if (agreement.FindOpenRefund(id) is not { State: not RefundState.Deferred } refund)
        {
            return Change.None(agreement);
        }

        if (refund.HasNeverHappened(rules, now))
        {
            return agreement.CloseUnheard(refund, charge, now);
        }

        var looked = refund.LookedFor(now);
        var isTooLate = now >= charge.RefundableUntil(agreement.MethodOf());
        if (looked.IsUnsent && isTooLate)
        {
            var closed = looked with { State = RefundState.NotExecuted, RecheckAt = null };
            return agreement.MoveRefund(refund, closed, charge, now, "too late to send");
        }

        if (!maySend || !looked.MayBeSent(now) || isTooLate)
        {
            return agreement.MoveRefund(refund, looked, charge, now, "looked for");
        }

        var again = looked.SentAgain(now);
        return agreement.MoveRefund(refund, again, charge, now, $"sent, time {again.Sends}") with
        {
            Claim = new(id, again.Sends, now),
        };
    }

    /// <summary>What a shop asked for is its own to ask again; what is owed goes on under the next number.</summary>
    private static Change CloseUnheard(this Agreement agreement, Refund refund, Attempt charge, DateTimeOffset now)
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
        return agreement.MoveRefund(refund, closed with { LastLookAt = now }, charge, now, "never happened");
    }

    /// <summary>A read back was tried, and PPRO did not say. What another look has deferred stays so.</summary>
    public static Change RefundLooked(this Agreement agreement, string id, Attempt charge, DateTimeOffset now) =>
        agreement.FindOpenRefund(id) is { State: not RefundState.Deferred } refund
            ? agreement.MoveRefund(refund, refund.LookedFor(now), charge, now, "looked for")
            : Change.None(agreement);
}
