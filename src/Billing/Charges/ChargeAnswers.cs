using System.Diagnostics;

namespace Billing;

/// <summary>What becomes of a charge that was sent, and of one that was looked for and not found.</summary>
public static class ChargeAnswers
{
    /// <summary>Records what came of a claimed send.</summary>
    public static Change Settle(
        this Agreement agreement,
        Attempt attempt,
        Answer<ChargeReading> answer,
        Claim claim,
        BillingRules rules,
        DateTimeOffset now
    ) =>
        Proof.Of(answer, attempt.IsOnlySendOf(claim)) switch
        {
            Proof<ChargeReading>.Heard heard => agreement.Hear(attempt, heard.Reading, rules, now),
            _ when attempt.State is not AttemptState.InDoubt => Change.None(agreement),
            Proof<ChargeReading>.NotExecuted { Refusal: var wrong } => agreement.Refuse(attempt, wrong, rules, now),
            Proof<ChargeReading>.NotYet { Refusal: var refusal } => agreement
                .Refused(attempt, refusal, now)
                .Move(attempt.NotYetSent(now + Outgoing.WaitAfter(refusal)), now, refusal.Code),
            Proof<ChargeReading>.Unknown unknown => agreement
                .Refused(attempt, unknown.Refusal, now)
                .Move(attempt, now, unknown.Why),
            _ => throw new UnreachableException(),
        };

    /// <summary>
    /// Whoever held this claim did not send: an only send is certainly not at PPRO. A resend stays in doubt.
    /// </summary>
    public static Change NotSent(this Agreement agreement, Claim claim, string why, DateTimeOffset now) =>
        agreement.FindOpen(claim.Key) is { } attempt && attempt.IsOnlySendOf(claim)
            ? agreement.Move(attempt.NotYetSent(now + Outgoing.Postponed), now, $"not sent: {why}")
            : Change.None(agreement);

    /// <summary>Once somebody has corrected what is wrong with the request, its period is tried again.</summary>
    private static Change Refuse(
        this Agreement agreement,
        Attempt attempt,
        Refusal wrong,
        BillingRules rules,
        DateTimeOffset now
    )
    {
        var refused = attempt.RefusedFor(wrong);
        var plan = DunningPlan.AfterRefusal(agreement, refused, rules, now);
        return (agreement.Refused(attempt, wrong, now) with { Plan = plan }).Move(refused, now, wrong.Code);
    }

    /// <summary>
    /// A refusal of this agreement alone calls for a person; so does one of a request that is ours, because for a
    /// period that is due nobody waits for the answer. Not when the agreement has ended, which is why.
    /// </summary>
    private static Agreement Refused(this Agreement agreement, Attempt attempt, Refusal? refusal, DateTimeOffset now) =>
        refusal is null || !agreement.IsActive ? agreement
        : refusal.Kind is RefusalKind.Agreement
            ? agreement.StoppedBy(attempt.Key, $"PPRO refuses it, and nothing else: {refusal.Code}", now)
        : refusal.IsOfRequest && attempt is { Period: not null, IsByHand: false }
            ? agreement.StoppedBy(attempt.Key, $"PPRO refused the request: {refusal.Code}", now)
        : agreement;

    /// <summary>
    /// A search in this look found nothing. The attempt is claimed for one more send when its clocks and the gates
    /// allow and it may leave, closed when it can no longer have happened, and otherwise waits.
    /// </summary>
    public static Change NotFound(
        this Agreement agreement,
        string key,
        bool maySend,
        BillingRules rules,
        DateTimeOffset now
    )
    {
        if (agreement.FindOpen(key) is not { State: AttemptState.InDoubt, ProviderId: null } attempt)
        {
            return agreement.Looked(key, now);
        }

        if (attempt.HasNeverHappened(rules, now))
        {
            var closed = attempt with { State = AttemptState.NeverHappened, LastLookAt = now };
            return agreement.AfterUncollected(closed, rules, now).Move(closed, now, "never happened");
        }

        var looked = agreement.Looked(key, now);
        return maySend && agreement.MayLeave(attempt, rules, now) ? looked.Then(it => it.Reclaim(key, now)) : looked;
    }

    /// <summary>
    /// PPRO shows a charge under its reference that does not say whose it is: nothing can be concluded. When it could
    /// be closed if there were none, a person has to look at it; once someone has, it counts as none.
    /// </summary>
    public static Change FoundUnclear(this Agreement agreement, string key, BillingRules rules, DateTimeOffset now)
    {
        if (agreement.FindOpen(key) is not { } attempt || !attempt.HasNeverHappened(rules, now))
        {
            return agreement.Looked(key, now);
        }

        return attempt.IsUnclearAccepted
            ? agreement.NotFound(key, maySend: false, rules, now)
            : agreement.Looked(key, now).Then(it => it.CallForAPerson(key, AgreementStop.Unclear, now));
    }

    /// <summary>
    /// A read back was tried, and PPRO did not say or had nothing new. What waits to be sent goes on waiting.
    /// </summary>
    public static Change Looked(this Agreement agreement, string key, DateTimeOffset now) =>
        agreement.FindOpen(key) is { IsUnsent: false } attempt
            ? agreement.Move(attempt.LookedFor(now), now, "looked for")
            : Change.None(agreement);
}
