using Billing;

namespace Flows.Sending;

/// <summary>
/// The last look before a claimed request leaves, for much may have happened since its claim; and the first one at what
/// comes back.
/// </summary>
public sealed class SendCheck(
    ChargingGate gate,
    SendClock sendClock,
    SecondOpinion secondOpinion,
    AutomaticStop automaticStop
)
{
    /// <summary>Null when the request may leave; the clock is asked last.</summary>
    public async Task<string?> WhyNotAsync(Claim claim, long start, bool movesMoney = true)
    {
        var closed = movesMoney ? await gate.WhyClosedAsync(CancellationToken.None) : null;
        return closed ?? (sendClock.MayLeave(claim, start) ? null : "its claim is older than 30 s");
    }

    /// <summary>What came back, as it is to be understood.</summary>
    /// <param name="answer">What PPRO said.</param>
    /// <param name="agreement">PPRO's id of the agreement that it is about; null before PPRO has named it.</param>
    public Task<Answer<T>> UnderstandAsync<T>(Answer<T> answer, string? agreement) =>
        secondOpinion.OnAsync(answer, agreement);

    /// <summary>A refusal of our credentials stops charging.</summary>
    public Task NoteAsync<T>(Answer<T> answer) => automaticStop.NoteAsync(answer);

    /// <summary>Of a charge, refusals of several agreements in a row stop charging, too.</summary>
    public Task NoteAsync(Answer<ChargeReading> answer, AgreementId agreement, Attempt attempt) =>
        automaticStop.NoteAsync(answer, agreement, isOurs: attempt is { Period: not null, IsByHand: false });
}
