namespace Billing;

/// <summary>Where the money of captures and refunds is: by event, or by a read of the daily walk.</summary>
public sealed partial record Agreement
{
    private const string SentBack = "the consumer's bank sent a refund back";

    private Change HearFunds(PproEvent happened, Attempt charge, Refund? refund, DateTimeOffset now) =>
        happened is { FundsOperationId: { } operation, FundsState: { } state }
            ? KeepFunds(charge, [new(operation, state, happened.Time ?? now)], refund is null ? [] : [refund], now)
            : Change.To(this);

    /// <summary>What a read says of a captured charge; what is known already changes nothing.</summary>
    /// <param name="charge">The charge.</param>
    /// <param name="refunds">Its refunds.</param>
    /// <param name="reading">PPRO's word.</param>
    /// <param name="now">The time.</param>
    public Change HearFunds(
        Attempt charge,
        IReadOnlyCollection<Refund> refunds,
        FundsReading reading,
        DateTimeOffset now
    )
    {
        var news = reading.Statuses.Where(it => !charge.Funds.Any(known => IsSame(known, it))).ToList();
        return news.Count is 0
            ? Change.None(this)
            : KeepFunds(charge, [.. news.Select(it => new FundsNews(it.OperationId, it.State, now))], refunds, now);
    }

    private Change KeepFunds(
        Attempt charge,
        IReadOnlyCollection<FundsNews> news,
        IReadOnlyCollection<Refund> refunds,
        DateTimeOffset now
    )
    {
        var funds = news.Aggregate(charge.Funds, FundsNews.Merge);
        if (funds == charge.Funds)
        {
            return Change.To(this);
        }

        var kept = charge with { Funds = funds };
        var change = (this with { FundsNewsAt = Latest(FundsNewsAt, now) }).Move(
            kept,
            now,
            string.Join(' ', news.Select(it => it.State))
        );
        return refunds.Aggregate(change, (so, refund) => so.Then(it => it.FollowFunds(refund, kept, now)));
    }

    /// <summary>
    /// A refund whose money came back has given nothing to the consumer; one whose money then went has.
    /// </summary>
    private Change FollowFunds(Refund refund, Attempt charge, DateTimeOffset now)
    {
        var isRejected = charge.Funds.Any(it => it.OperationId == refund.ProviderId && it.IsRejectedRefund);
        return (refund.State, isRejected) switch
        {
            (RefundState.Refunded, true) => StoppedBy(refund.Id, SentBack, now)
                .MoveRefund(refund, refund with { State = RefundState.Rejected }, charge, now, "sent back"),
            (RefundState.Rejected, false) => MoveRefund(
                refund,
                refund with
                {
                    State = RefundState.Refunded,
                },
                charge,
                now,
                "went after all"
            ),
            _ => Change.To(this),
        };
    }

    private static bool IsSame(FundsNews known, FundsStatus heard) =>
        known.OperationId == heard.OperationId && known.State == heard.State;
}
