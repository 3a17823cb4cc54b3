namespace Billing;

/// <summary>
/// Where the money of captures and refunds is (docs/ppro.md, Funds). What is not where it should be after the time that
/// the operator allows is for a person.
/// </summary>
public static class FundsWatch
{
    /// <summary>
    /// True while PPRO has not said that the money of this charge, or of a refund of it, has arrived.
    /// </summary>
    public static bool Awaits(Attempt charge, IEnumerable<Refund> refunds) =>
        AwaitsCapture(charge)
        || refunds.Any(refund =>
            refund.ChargeKey == charge.Key
            && refund.State is RefundState.Refunded
            && charge.FundsOf(refund) is not { IsSettled: true }
        );

    /// <summary>When money of this charge moved last: by its capture, or by a refund of it.</summary>
    public static DateTimeOffset? MovedAt(Attempt charge, IEnumerable<Refund> refunds) =>
        refunds
            .Where(it => it.ChargeKey == charge.Key && it.State is RefundState.Refunded)
            .Aggregate(charge.CapturedAt, (last, it) => Agreement.Latest(last, it.MadeAt ?? it.CreatedAt));

    /// <summary>
    /// The money of a refund that was sent back is judged when it is heard of: it stops the charging.
    /// </summary>
    /// <param name="charge">A captured charge.</param>
    /// <param name="within">How long the money may take after the capture; zero does not watch.</param>
    /// <param name="now">The time.</param>
    public static IEnumerable<Finding> Judge(Attempt charge, TimeSpan within, DateTimeOffset now)
    {
        if (within > TimeSpan.Zero && AwaitsCapture(charge) && now - charge.CapturedAt > within)
        {
            var word = charge.Funds.FirstOrDefault(it => it.IsOfCapture)?.State ?? "no word";
            yield return Finding.Unexplained($"funds {charge.Key}", $"{word}, {within.Days} days after the capture");
        }
    }

    private static bool AwaitsCapture(Attempt charge) =>
        charge.State is AttemptState.Captured
        && charge.Funds.FirstOrDefault(it => it.IsOfCapture) is not { IsSettled: true };
}
