namespace Billing;

/// <summary>
/// Where the money of captures and refunds is (PPRO §5.4). What is not where it should be after the time that the
/// operator allows is for a person.
/// </summary>
public static class FundsWatch
{
    /// <summary>True while PPRO has not said that the money of this charge has arrived.</summary>
    public static bool Awaits(Attempt charge) =>
        charge.State is AttemptState.Captured
        && charge.Funds.FirstOrDefault(it => IsCapture(it)) is not { IsSettled: true };

    /// <param name="charge">A captured charge.</param>
    /// <param name="within">How long the money may take after the capture; zero does not watch.</param>
    /// <param name="now">The time.</param>
    public static IEnumerable<Finding> Judge(Attempt charge, TimeSpan within, DateTimeOffset now)
    {
        if (within == TimeSpan.Zero || charge.CapturedAt is not { } capturedAt)
        {
            yield break;
        }

        if (Awaits(charge) && now - capturedAt > within)
        {
            var word = charge.Funds.FirstOrDefault(IsCapture)?.State ?? "no word";
            yield return Finding.Unexplained($"funds {charge.Key}", $"{word}, {within.Days} days after the capture");
        }

        foreach (var news in charge.Funds.Where(it => it.State is "REFUND_FUNDS_REJECTED"))
        {
            yield return Finding.Unexplained($"funds {news.OperationId}", "the consumer's bank sent the refund back");
        }
    }

    private static bool IsCapture(FundsNews news) => news.State.StartsWith("CAPTURE_", StringComparison.Ordinal);
}
