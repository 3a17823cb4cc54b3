using System.Collections.Immutable;

namespace Ppro;

/// <summary>Whether a webhook is PPRO's. The sender never learns which of these it was.</summary>
public enum SignatureVerdict
{
    Valid,
    Missing,
    Malformed,
    Forged,
    TooOld,
    FromTheFuture,
}

/// <summary>
/// What counts as a valid signature: any of these secrets, the deprecated header only when asked for, and how far the
/// signature's time may be from ours. The past limit exceeds PPRO's retry ladder of 68 h, because it is
/// not published whether the time is renewed at each retry.
/// </summary>
public sealed record SignatureRules(
    ImmutableArray<string> Secrets,
    bool AcceptLegacy,
    TimeSpan PastLimit,
    TimeSpan FutureLimit
)
{
    /// <summary>A setting left empty is no secret: anyone could sign with it.</summary>
    internal IEnumerable<string> Usable => Secrets.Where(secret => !string.IsNullOrWhiteSpace(secret));
}
