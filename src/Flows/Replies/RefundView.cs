using Billing;

namespace Flows.Replies;

/// <summary>A refund as the storefront sees it.</summary>
public sealed record RefundView
{
    public required string Id { get; init; }

    /// <summary>
    /// UNSENT, IN_DOUBT, PENDING, DEFERRED (asked for again later), REFUNDED, REJECTED (made, and sent back by the
    /// consumer's bank), FAILED, NOT_EXECUTED or NEVER_HAPPENED.
    /// </summary>
    public required string State { get; init; }

    public required MoneyView Amount { get; init; }

    public required string MerchantRefundReference { get; init; }

    /// <summary>PPRO's id of the refund.</summary>
    public string? RefundId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When PPRO is asked again, which wanted it later; and the refund that took its place.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    public string? RetriedAs { get; init; }

    public FailureView? Failure { get; init; }

    public required IReadOnlyList<ChargeHistoryView> History { get; init; }

    public static RefundView Of(Refund refund) =>
        new()
        {
            Id = refund.Id,
            State = Words.Of(refund.State),
            Amount = MoneyView.Of(refund.Amount)!,
            MerchantRefundReference = refund.Reference,
            RefundId = refund.ProviderId,
            CreatedAt = refund.CreatedAt,
            RetryAt = refund.State is RefundState.Deferred ? refund.RecheckAt : null,
            RetriedAs = refund.RetriedAs,
            Failure = FailureView.Of(refund.Failure),
            History = [.. refund.History.Select(entry => new ChargeHistoryView(entry.At, entry.What))],
        };
}

/// <summary>A page of refunds; the token of the next one is absent on the last.</summary>
public sealed record RefundListView(IReadOnlyList<RefundView> Refunds, string? NextPageToken);
