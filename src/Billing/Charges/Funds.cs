namespace Billing;

/// <summary>Where the money of captures and refunds is: by event, or by a read of the daily walk.</summary>
public static class Funds
{
    internal static Change HearFunds(
        this Agreement agreement,
        PproEvent happened,
        Attempt charge,
        Refund? refund,
        DateTimeOffset now
    ) =>
        happened is { FundsOperationId: { } operation, FundsState: { } state }
            ? agreement.KeepFunds(
                charge,
                [new(operation, state, happened.Time ?? now)],
                refund is null ? [] : [refund],
                now
            )
            : Change.To(agreement);

    /// <summary>What a read says of a captured charge; what is known already changes nothing.</summary>
    /// <param name="charge">The charge.</param>
    /// <param name="refunds">Its refunds.</param>
    /// <param name="reading">PPRO's word.</param>
    /// <param name="now">The time.</param>
    public static Change HearFunds(
        this Agreement agreement,
        Attempt charge,
        IReadOnlyCollection<Refund> refunds,
        FundsReading reading,
        DateTimeOffset now
    )
    {
        var news = reading
            .Statuses.Where(it => !charge.Funds.Any(known => IsSame(known, it)))
            .Select(it => new FundsNews(it.OperationId, it.State, now))
            .ToList();
        return agreement.KeepFunds(charge, news, refunds, now);
    }

    private static Change KeepFunds(
        this Agreement agreement,
        Attempt charge,
        IReadOnlyCollection<FundsNews> news,
        IReadOnlyCollection<Refund> refunds,
        DateTimeOffset now
    )
    {
        var funds = news.Aggregate(charge.Funds, FundsNews.Merge);
        if (funds == charge.Funds)
        {
            return Change.To(agreement);
        }

        var kept = charge with { Funds = funds };
        var change = (agreement with { FundsNewsAt = Agreement.Latest(agreement.FundsNewsAt, now) }).Move(
            kept,
            now,
            string.Join(' ', news.Select(it => it.State))
        );
        return refunds.Aggregate(change, (so, refund) => so.Then(it => it.FollowFunds(refund, kept, now)));
    }

    /// <summary>
    /// A refund whose money came back has given nothing to the consumer; one whose money then went has.
    /// </summary>
    private static Change FollowFunds(this Agreement agreement, Refund refund, Attempt charge, DateTimeOffset now)
    {
        return (refund.State, charge.FundsOf(refund)?.IsRejectedRefund) switch
        {
            (RefundState.Refunded, true) => agreement
                .StoppedBy(refund.Id, RefundMoves.SentBack, now)
                .MoveRefund(refund, refund with { State = RefundState.Rejected }, charge, now, "sent back"),
            (RefundState.Rejected, false) => agreement.MoveRefund(
                refund,
                refund with
                {
                    State = RefundState.Refunded,
                },
                charge,
                now,
                "went after all"
            ),
            _ => Change.To(agreement),
        };
    }

    /// <summary>PPRO's latest word on where the money of this refund of the charge is; null for none.</summary>
    internal static FundsNews? FundsOf(this Attempt charge, Refund refund) =>
        charge.Funds.FirstOrDefault(it => it.OperationId == refund.ProviderId);

    private static bool IsSame(FundsNews known, FundsStatus heard) =>
        known.OperationId == heard.OperationId && known.State == heard.State;
}
