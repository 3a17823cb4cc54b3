namespace Billing;

/// <summary>
/// The fixed times around a request that moves money. They follow from PPRO's 24 h key and are not settings.
/// </summary>
public static class SendRules
{
    /// <summary>A request leaves this soon after its claim or not at all.</summary>
    public static TimeSpan ClaimLifetime { get; } = TimeSpan.FromSeconds(30);

    /// <summary>How long we wait for PPRO's answer to a request that moves money.</summary>
    public static TimeSpan AnswerTimeout { get; } = TimeSpan.FromSeconds(60);

    /// <summary>The last send must be older than this before the next one.</summary>
    public static TimeSpan ResendAfter { get; } = TimeSpan.FromMinutes(3);

    /// <summary>
    /// From the first send on, nothing is sent again after this: PPRO forgets keys at 24 h, and clocks err.
    /// </summary>
    public static TimeSpan ResendUntil { get; } = TimeSpan.FromHours(20);

    /// <summary>The last moment at which a request claimed at this time can still have reached PPRO.</summary>
    public static DateTimeOffset LastPossibleSend(DateTimeOffset claimedAt) =>
        claimedAt + ClaimLifetime + AnswerTimeout;
}
