using Billing;
using Flows.Replies;
using Storage;

namespace Flows.Shop;

/// <summary>A charge's refunds, a page at a time, and one of them.</summary>
public sealed class GetRefunds(AgreementStore store)
{
    private const int PageSize = 50;

    public async Task<Reply> ListAsync(
        string agreementId,
        string chargeId,
        string? pageToken,
        CancellationToken cancellationToken
    )
    {
        if (pageToken is not null && !Refund.IsId(pageToken))
        {
            return Problems.BadQuery("pageToken must be the nextPageToken of an earlier page.");
        }

        if (
            !AgreementId.TryParse(agreementId, out var id)
            || !ChargeKeys.IsKey(chargeId)
            || await store.FindAttemptAsync(id, chargeId, cancellationToken) is null
        )
        {
            return Problems.NotFound();
        }

        var refunds = await store.ListRefundsAsync(id, chargeId, pageToken, PageSize + 1, cancellationToken);
        var page = refunds.Take(PageSize).ToList();
        var next = refunds.Count > PageSize ? page[^1].Id : null;
        var view = new RefundListView([.. page.Select(RefundView.Of)], next);
        return Reply.Json(200, view, StorefrontJson.Readable.RefundListView);
    }

    public async Task<Reply> GetAsync(
        string agreementId,
        string chargeId,
        string refundId,
        CancellationToken cancellationToken
    ) =>
        AgreementId.TryParse(agreementId, out var id)
        && ChargeKeys.IsKey(chargeId)
        && Refund.IsId(refundId)
        && await store.FindRefundAsync(id, chargeId, refundId, cancellationToken) is { } refund
            ? Reply.Json(200, RefundView.Of(refund), StorefrontJson.Readable.RefundView)
            : Problems.NotFound();
}
