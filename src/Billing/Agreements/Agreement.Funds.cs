namespace Billing;

/// <summary>Where the money of captures and refunds is: by event, or by a read of the daily walk.</summary>
public sealed partial record Agreement
{
    private Change HearFunds(PproEvent happened, Attempt charge, DateTimeOffset now) =>
        happened is { FundsOperationId: { } operation, FundsState: { } state }
            ? KeepFunds(charge, [new(operation, state, happened.Time ?? now)], now)
            : Change.To(this);

    /// <summary>What a read says of a captured charge; what is known already changes nothing.</summary>
    public Change HearFunds(Attempt charge, FundsReading reading, DateTimeOffset now)
    {
        var news = reading.Statuses.Where(it => !charge.Funds.Any(known => IsSame(known, it))).ToList();
        return news.Count is 0
            ? Change.None(this)
            : KeepFunds(charge, news.Select(it => new FundsNews(it.OperationId, it.State, now)), now);
    }

    private Change KeepFunds(Attempt charge, IEnumerable<FundsNews> news, DateTimeOffset now)
    {
        var funds = news.Aggregate(charge.Funds, FundsNews.Merge);
        return funds == charge.Funds
            ? Change.To(this)
            : Move(charge with { Funds = funds }, now, string.Join(' ', news.Select(it => it.State)));
    }

    private static bool IsSame(FundsNews known, FundsStatus heard) =>
        known.OperationId == heard.OperationId && known.State == heard.State;
}
