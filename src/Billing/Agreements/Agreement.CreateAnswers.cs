using System.Diagnostics;

namespace Billing;

/// <summary>What becomes of the request that creates the agreement at PPRO.</summary>
public sealed partial record Agreement
{
    /// <summary>Records what came of a claimed send.</summary>
    public Change SettleCreate(Answer<AgreementReading> answer, Claim claim, DateTimeOffset now) =>
        Proof.Of(answer, IsOnlyCreateOf(claim)) switch
        {
            Proof<AgreementReading>.Heard heard => Change
                .To(this with { Create = Create with { State = CreateState.Answered, IsUnderway = false, Why = null } })
                .Then(it => it.HearCreated(heard.Reading, now)),
            _ when Create.State is not CreateState.InDoubt => Change.None(this),
            Proof<AgreementReading>.NotExecuted refused => Change.To(CloseRefused(refused.Refusal.InWords, now)),
            Proof<AgreementReading>.NotYet refused => Change.To(UnsendCreate(claim, refused.Refusal.InWords)),
            Proof<AgreementReading>.Unknown unknown => Change.To(
                this with
                {
                    Create = EndSend(claim) with { Why = unknown.Refusal?.InWords ?? unknown.Why },
                }
            ),
            _ => throw new UnreachableException(),
        };

    /// <summary>
    /// The answer may be that of an earlier send, given again: it tells nothing of what has happened since, so it is no
    /// read.
    /// </summary>
    private Change HearCreated(AgreementReading reading, DateTimeOffset now) =>
        WhyAnother(reading) is { } why ? CallForAPerson(AgreementStop.OfAgreement, why, now) : Merge(reading, now, now);

    /// <summary>Whoever held this claim did not send: the caller's repeat may, at once.</summary>
    public Change CreateNotSent(Claim claim, string why) =>
        IsOnlyCreateOf(claim) ? Change.To(UnsendCreate(claim, $"not sent: {why}"))
        : Create.LastClaimedAt == claim.At ? Change.To(this with { Create = EndSend(claim) })
        : Change.None(this);

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
