using System.Security.Cryptography;
using Billing;
using Flows.Replies;
using Flows.Requests;
using Storage;

namespace Flows.Shop;

/// <summary>
/// One change that the storefront asks of an agreement. With an <c>Idempotency-Key</c> the same key and body have one
/// effect and one answer; without one, a change that finds nothing to do is a conflict that shows the state.
/// </summary>
public sealed class KeyedChange(AgreementStore store, AgreementChanges changes)
{
    public Task<Reply> RunAsync(ChangeRequest request, ChangeDecision decide, CancellationToken cancellationToken) =>
        RunAsync(
            request,
            _ => Task.FromResult(true),
            (agreement, _, now) => decide(agreement, now),
            Problems.NothingToChange,
            cancellationToken
        );

    /// <summary>
    /// The change with rows that its decision needs, and a problem of its own when nothing may change.
    /// </summary>
    public async Task<Reply> RunAsync<T>(
        ChangeRequest request,
        Func<Agreement, Task<T>> load,
        Func<Agreement, T, DateTimeOffset, Change> decide,
        Func<Agreement, Reply> refuse,
        CancellationToken cancellationToken
    )
    {
        if (!CallersKey.IsValid(request.IdempotencyKey))
        {
            return Problems.InvalidKey(CallersKey.MaxLength);
        }

        if (await store.OpenAsync(request.AgreementId, cancellationToken) is not { } session)
        {
            return Problems.NotFound();
        }

        var operation = OperationOf(request, session.Current.Id);
        if (await RepeatAsync(session, operation, cancellationToken) is { } repeated)
        {
            return repeated;
        }

        var committed = await changes.ChangeAsync(
            session,
            load,
            (it, loaded, now) => Noted(decide(it, loaded, now), it, operation, now),
            cancellationToken
        );
        return committed.Outcome switch
        {
            CommitOutcome.Unchanged => refuse(session.Current),
            CommitOutcome.AlreadyThere => (await RepeatAsync(session, operation, cancellationToken))!,
            _ => Draw(session.Current),
        };
    }

    /// <summary>The answer under a key that has done its work, then or just now; null when it has not.</summary>
    private Task<Reply?> RepeatAsync(
        AgreementSession session,
        CallersOperation? operation,
        CancellationToken cancellationToken
    ) =>
        operation is null
            ? Task.FromResult<Reply?>(null)
            : operation.RepeatAsync(
                store,
                session.Current.Id,
                _ => Task.FromResult(Draw(session.Current)),
                cancellationToken
            );

    /// <summary>A decision that changes nothing leaves no trace: its key stays free.</summary>
    private static Change Noted(Change change, Agreement before, CallersOperation? operation, DateTimeOffset now) =>
        operation is null || ReferenceEquals(change.Agreement, before)
            ? change
            : change.With(operation.Made(before.Id.Value, now));

    private static CallersOperation? OperationOf(ChangeRequest request, AgreementId id) =>
        request.IdempotencyKey is { } key
            ? CallersOperation.Of(
                request.Operation,
                id,
                key,
                Convert.ToHexStringLower(SHA256.HashData(request.Body.Span))
            )
            : null;

    private Reply Draw(Agreement agreement) =>
        Reply.Json(
            200,
            AgreementViews.Of(agreement, changes.Rules, changes.Now),
            StorefrontJson.Readable.AgreementView
        );
}

/// <summary>Which agreement, which operation, under which key, with which exact body.</summary>
public sealed record ChangeRequest(
    string Operation,
    string AgreementId,
    string? IdempotencyKey,
    ReadOnlyMemory<byte> Body
);

/// <summary>What the change is, of the agreement as it is now.</summary>
public delegate Change ChangeDecision(Agreement agreement, DateTimeOffset now);
