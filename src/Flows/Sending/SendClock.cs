using Billing;

namespace Flows.Sending;

/// <summary>
/// Watches that a request leaves within 30 s of its claim or not at all, by the clock on the wall and by one that
/// nobody can set: a worker that was frozen in between must not send.
/// </summary>
public sealed class SendClock(TimeProvider clock)
{
    /// <summary>Taken before the claim is written.</summary>
    public long Start() => clock.GetTimestamp();

    public bool MayLeave(Claim claim, long start) =>
        (clock.GetUtcNow() - claim.At).Duration() < SendRules.ClaimLifetime
        && clock.GetElapsedTime(start) < SendRules.ClaimLifetime;
}
