using Billing;
using Flows.Replies;
using Flows.Requests;
using Microsoft.Extensions.Logging;
using Storage;

namespace Flows.Operations;

/// <summary>
/// An operator sees what a person has to look at, and closes what is understood. What stopped an agreement's charging
/// is taken back with it; what is found again for the same reason then counts as explained.
/// </summary>
public sealed class OperateExceptions(
    ExceptionList exceptions,
    AgreementStore store,
    OperatorActions operatorActions,
    AgreementChanges changes,
    ILogger<OperateExceptions> logger
)
{
    private const int PageSize = 50;
    private const int ShownActions = 50;
    private const int MaxToken = 100;

    public async Task<Reply> ListAsync(string? pageToken, CancellationToken cancellationToken)
    {
        if (pageToken is { Length: 0 or > MaxToken } || pageToken?.All(IsOfKey) is false)
        {
            return Problems.BadQuery("pageToken must be the nextPageToken of an earlier page.");
        }

        var found = await exceptions.ListAsync(pageToken, PageSize + 1, cancellationToken);
        var page = found.Take(PageSize).ToList();
        var actions = pageToken is null
            ? await operatorActions.ListAsync(OperatorActions.Exceptions, ShownActions, cancellationToken)
            : null;
        var now = changes.Now;
        var view = new ExceptionsView([.. page.Select(it => ExceptionView.Of(it, now))])
        {
            NextPageToken = found.Count > PageSize ? page[^1].Key : null,
            Actions = actions is null ? null : [.. actions.Select(OperatorActionView.Of)],
        };
        return Reply.Json(200, view, StorefrontJson.Readable.ExceptionsView);
    }

    /// <summary>Every part may be done twice: dying in between is finished by closing it again.</summary>
    public async Task<Reply> CloseAsync(
        WhoAsks who,
        string id,
        ReadOnlyMemory<byte>? bytes,
        CancellationToken cancellationToken
    )
    {
        var (wish, problem) = OperatorsWish.Read(who, bytes);
        if (wish is null)
        {
            return problem!;
        }

        if (await exceptions.FindAsync(id, cancellationToken) is not { } entry)
        {
            return Problems.NoSuchException();
        }

        var (now, closed) = (changes.Now, $"closed: {wish.Reason}");
        var action = new OperatorAction(now, "close", wish.Actor, wish.Reason, $"open: {entry.Reason}", closed)
        {
            Subject = $"{entry.Agreement} {entry.Subject}",
        };
        await operatorActions.AddAsync(OperatorActions.Exceptions, action, cancellationToken);
        var agreement = await AcceptAsync(entry, cancellationToken);
        entry = entry with { ClosedAt = now, ClosedBy = wish.Actor, ClosedBecause = wish.Reason };
        if (!await exceptions.CloseAsync(entry, cancellationToken))
        {
            return Problems.ExceptionChanged();
        }

        logger.ExceptionClosed(entry.Agreement, wish.Actor, entry.Subject);
        var view = ExceptionView.OfClosed(entry, now, agreement);
        return Reply.Json(200, view, StorefrontJson.Readable.ExceptionView);
    }

    /// <summary>
    /// The agreement as it is then: another reason may still stop its charging. Null when there is none.
    /// </summary>
    private async Task<Agreement?> AcceptAsync(ExceptionEntry entry, CancellationToken cancellationToken)
    {
        if (await store.OpenAsync(entry.Agreement, cancellationToken) is not { } session)
        {
            return null;
        }

        if (entry.StopsCharging)
        {
            await changes.ChangeAsync(
                session,
                (it, _) => it.AcceptStop(entry.Subject, entry.Reason),
                cancellationToken
            );
        }

        return session.Current;
    }

    private static bool IsOfKey(char c) => char.IsAsciiLetterOrDigit(c) || c is '-';
}
