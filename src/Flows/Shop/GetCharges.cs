using Billing;
using Flows.Replies;
using Storage;

namespace Flows.Shop;

/// <summary>An agreement's charges, a page at a time, and one of them.</summary>
public sealed class GetCharges(AgreementStore store)
{
    private const int PageSize = 50;

    public async Task<Reply> ListAsync(string agreementId, string? pageToken, CancellationToken cancellationToken)
    {
        if (pageToken is not null && !ChargeKeys.IsKey(pageToken))
        {
            return Problems.BadQuery("pageToken must be the nextPageToken of an earlier page.");
        }

        if (!AgreementId.TryParse(agreementId, out var id) || await store.FindAsync(id, cancellationToken) is null)
        {
            return Problems.NotFound();
        }

        var attempts = await store.ListAttemptsAsync(id, pageToken, PageSize + 1, cancellationToken);
        var page = attempts.Take(PageSize).ToList();
        var next = attempts.Count > PageSize ? page[^1].Key : null;
        var view = new ChargeListView([.. page.Select(ChargeView.Of)], next);
        return Reply.Json(200, view, StorefrontJson.Readable.ChargeListView);
    }

    public async Task<Reply> GetAsync(string agreementId, string chargeId, CancellationToken cancellationToken) =>
        AgreementId.TryParse(agreementId, out var id)
        && ChargeKeys.IsKey(chargeId)
        && await store.FindAttemptAsync(id, chargeId, cancellationToken) is { } attempt
            ? Reply.Json(200, ChargeView.Of(attempt), StorefrontJson.Readable.ChargeView)
            : Problems.NotFound();
}
