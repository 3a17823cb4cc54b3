using System.Diagnostics;

namespace Billing;

/// <summary>What becomes of the request that creates the agreement at PPRO.</summary>
public sealed partial record Agreement
{
    /// <summary>Records what came of a claimed send; an answer proves what it proves for a charge (rule 3).</summary>
    public Change SettleCreate(Answer<AgreementReading> answer, Claim claim, DateTimeOffset now) =>
        answer switch
        {
            Answer<AgreementReading>.Said said => Change
                .To(this with { Create = Create with { State = CreateState.Answered, IsUnderway = false, Why = null } })
                .Then(it => it.HearCreated(said.Reading, now)),
            _ when Create.State is not CreateState.InDoubt => Change.None(this),
            Answer<AgreementReading>.Refused refused => Change.To(RefuseCreate(refused.Refusal, claim, now)),
            Answer<AgreementReading>.InDoubt doubt => Change.To(
                this with
                {
                    Create = EndSend(claim) with { Why = doubt.Why },
                }
            ),
            _ => throw new UnreachableException(),
        };

    /// <summary>
    /// The answer may be that of an earlier send, given again: it tells nothing of what has happened since, so it is no
    /// read.
    /// </summary>
    private Change HearCreated(AgreementReading reading, DateTimeOffset now) =>
        WhyAnother(reading) is { } why ? CallForAPerson(AgreementStop.OfAgreement, why, now) : Merge(reading, now);

    /// <summary>Whoever held this claim did not send: the caller's repeat may, at once.</summary>
    public Change CreateNotSent(Claim claim, string why) =>
        IsOnlyCreateOf(claim) ? Change.To(UnsendCreate(claim, $"not sent: {why}"))
        : Create.LastClaimedAt == claim.At ? Change.To(this with { Create = EndSend(claim) })
        : Change.None(this);

    private Agreement RefuseCreate(Refusal refusal, Claim claim, DateTimeOffset now)
    {
        var why = refusal.Message is null
            ? $"HTTP {refusal.HttpStatus}"
            : $"HTTP {refusal.HttpStatus}: {refusal.Message}";
        if (!IsOnlyCreateOf(claim))
        {
            return this with { Create = EndSend(claim) with { Why = why } };
        }

        return refusal.Kind is RefusalKind.Request or RefusalKind.NotFound
            ? CloseRefused(why, now)
            : UnsendCreate(claim, why);
    }

    private bool IsOnlyCreateOf(Claim claim) =>
        claim.Sends is 1
        && Create is { Sends: 1, State: CreateState.InDoubt }
        && Create.LastClaimedAt == claim.At
        && Provider.Id is null;

    private Agreement UnsendCreate(Claim claim, string why) =>
        this with
        {
            Create = EndSend(claim) with { State = CreateState.Unsent, Sends = 0, Why = why },
        };

    private Agreement CloseRefused(string why, DateTimeOffset now) =>
        EndingBy(EndedBy.Refused, why, now) with
        {
            Create = Create with { State = CreateState.Refused, IsUnderway = false, Why = why },
        };

    /// <summary>A send that a later one has overtaken no longer speaks for the request.</summary>
    private CreateRequest EndSend(Claim claim) =>
        claim.At == Create.LastClaimedAt ? Create with { IsUnderway = false } : Create;
}
