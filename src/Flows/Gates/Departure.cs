using Billing;

namespace Flows;

/// <summary>The last look before a claimed request leaves: much may have happened since its claim.</summary>
public sealed class Departure(ChargingGate gate, SendClock sendClock, AutomaticStop automaticStop)
{
    /// <summary>Null when the request may leave; the clock is asked last.</summary>
    public async Task<string?> WhyNotAsync(Claim claim, long start, bool movesMoney = true)
    {
        var closed = movesMoney ? await gate.WhyClosedAsync(CancellationToken.None) : null;
        return closed ?? (sendClock.MayLeave(claim, start) ? null : "its claim is older than 30 s");
    }

    /// <summary>What came back: a refusal of our credentials stops charging.</summary>
    public Task NoteAsync<T>(Answer<T> answer) => automaticStop.NoteAsync(answer);
}
