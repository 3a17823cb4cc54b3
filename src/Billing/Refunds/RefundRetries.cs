namespace Billing;

/// <summary>Failures after which PPRO wants a refund to be asked for again, later.</summary>
public static class RefundRetries
{
    private const int MaxNumber = 12;

    public static bool MayGoOn(Refund refund) => refund.Number < MaxNumber;

    /// <summary>When a failed refund is asked for again; null for never.</summary>
    public static DateTimeOffset? After(Refund refund, Failure? failure, DateTimeOffset? until, DateTimeOffset now)
    {
        var wait = failure?.Code switch
        {
            "RETRY_REFUND_LATER" => TimeSpan.FromMinutes(15 + (refund.Id[^1] % 15)),
            "REFUND_BLOCKED_TEMPORARILY" => TimeSpan.FromDays(1),
            _ => (TimeSpan?)null,
        };
        return MayGoOn(refund) && !refund.IsAdopted && now + wait < until ? now + wait : null;
    }
}
