using System.Diagnostics;

namespace Billing;

/// <summary>What becomes of a charge that was sent.</summary>
public sealed partial record Agreement
{
    /// <summary>
    /// Records what came of a claimed send (rule 3). What an answer proves depends on whether it answers the only send
    /// there ever was, both then and now.
    /// </summary>
    public Change Settle(
        Attempt attempt,
        Answer<ChargeReading> answer,
        Claim claim,
        BillingRules rules,
        DateTimeOffset now
    ) =>
        answer switch
        {
            Answer<ChargeReading>.Said said => Hear(attempt, said.Reading, rules, now),
            _ when attempt.State is not AttemptState.InDoubt => Change.None(this),
            Answer<ChargeReading>.Refused refused when attempt.IsOnlySendOf(claim) => Refuse(
                attempt,
                refused.Refusal,
                rules,
                now
            ),
            Answer<ChargeReading>.Refused refused => Refused(attempt, refused.Refusal, now)
                .Move(attempt, now, $"HTTP {refused.Refusal.HttpStatus} to a resend"),
            Answer<ChargeReading>.InDoubt doubt => Move(attempt, now, doubt.Why),
            _ => throw new UnreachableException(),
        };

    /// <summary>
    /// Whoever held this claim did not send: an only send is certainly not at PPRO. A resend stays in doubt.
    /// </summary>
    public Change NotSent(Claim claim, string why, DateTimeOffset now) =>
        FindOpen(claim.Key) is { } attempt && attempt.IsOnlySendOf(claim)
            ? Move(
                attempt with
                {
                    State = AttemptState.Unsent,
                    Sends = 0,
                    RecheckAt = now + Postponed,
                },
                now,
                $"not sent: {why}"
            )
            : Change.None(this);

    /// <summary>
    /// A refusal of the only send. Where the request itself is wrong nothing was executed; what is refused because our
    /// credentials or address are wrong, this agreement alone is refused, or for our pace, waits.
    /// </summary>
    private Change Refuse(Attempt attempt, Refusal refusal, BillingRules rules, DateTimeOffset now)
    {
        var code = $"HTTP {refusal.HttpStatus}";
        var stopped = Refused(attempt, refusal, now);
        if (refusal.IsOfRequest)
        {
            var failure = new Failure("REQUEST_REFUSED", code, refusal.Message, IsRetryable: false);
            var refused = attempt with { State = AttemptState.NotExecuted, Failure = failure };
            var plan = DunningPlan.AfterRefusal(this, refused, rules, now);
            return (stopped with { Plan = plan }).Move(refused, now, code);
        }

        var wait = refusal.Kind is RefusalKind.RateLimited ? TimeSpan.FromMinutes(1) : Postponed;
        return stopped.Move(attempt with { State = AttemptState.Unsent, Sends = 0, RecheckAt = now + wait }, now, code);
    }

    /// <summary>
    /// A refusal of this agreement alone calls for a person; so does one of a request that is ours, because for a
    /// period that is due nobody waits for the answer. Not when the agreement has ended, which is why.
    /// </summary>
    private Agreement Refused(Attempt attempt, Refusal refusal, DateTimeOffset now) =>
        !IsActive ? this
        : refusal.Kind is RefusalKind.Agreement
            ? StoppedBy(attempt.Key, $"PPRO refuses it, and nothing else: HTTP {refusal.HttpStatus}", now)
        : refusal.IsOfRequest && attempt is { Period: not null, IsByHand: false }
            ? StoppedBy(attempt.Key, $"PPRO refused the request: HTTP {refusal.HttpStatus}", now)
        : this;
}
