using Flows.Replies;
using Storage;

namespace Flows.Operations;

/// <summary>What lies in quarantine, a page at a time, and one event with its bytes.</summary>
public sealed class ShowQuarantine(Quarantine quarantine, OperatorActions operatorActions)
{
    private const int PageSize = 50;
    private const int ShownActions = 50;

    public async Task<Reply> ListAsync(string? pageToken, CancellationToken cancellationToken)
    {
        var after = pageToken is null ? null : QuarantineKey.TryParse(pageToken);
        if (pageToken is not null && after is null)
        {
            return Problems.BadQuery("pageToken must be the nextPageToken of an earlier page.");
        }

        var kept = await quarantine.ListAsync(after, PageSize + 1, cancellationToken);
        var page = kept.Take(PageSize).ToList();
        var actions = after is null
            ? await operatorActions.ListAsync(OperatorActions.Quarantine, ShownActions, cancellationToken)
            : null;
        var view = new QuarantineView([.. page.Select(QuarantinedEventView.Of)])
        {
            NextPageToken = kept.Count > PageSize ? page[^1].Key.ToString() : null,
            Actions = actions is null ? null : [.. actions.Select(OperatorActionView.Of)],
        };
        return Reply.Json(200, view, StorefrontJson.Readable.QuarantineView);
    }

    public async Task<Reply> GetAsync(string day, string id, CancellationToken cancellationToken) =>
        QuarantineKey.TryCreate(day, id) is { } key && await quarantine.FindAsync(key, cancellationToken) is { } kept
            ? Reply.Json(200, QuarantinedEventView.WithRaw(kept), StorefrontJson.Readable.QuarantinedEventView)
            : Problems.NotQuarantined();
}
