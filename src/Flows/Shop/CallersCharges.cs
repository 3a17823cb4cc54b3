using Flows.Replies;
using Storage;

namespace Flows.Shop;

/// <summary>Answers about charges that a caller asked for: a repeat hears of what was made.</summary>
public sealed class CallersCharges(AgreementStore store)
{
    /// <summary>The answer to an operation that was done before; null when it was not.</summary>
    public Task<Reply?> RepeatAsync(
        AgreementSession session,
        CallersOperation operation,
        CancellationToken cancellationToken
    ) =>
        operation.RepeatAsync(
            store,
            session.Current.Id,
            made => AnswerAsync(session, made, cancellationToken),
            cancellationToken
        );

    /// <summary>201 when PPRO has decided, 202 while its word is awaited.</summary>
    public async Task<Reply> AnswerAsync(AgreementSession session, string key, CancellationToken cancellationToken)
    {
        var attempt =
            await store.FindAttemptAsync(session.Current.Id, key, cancellationToken)
            ?? throw new InvalidOperationException($"Charge {key} of {session.Current.Id} has no row.");
        var status = attempt.IsOpen ? 202 : 201;
        return Reply.Json(status, ChargeView.Of(attempt), StorefrontJson.Readable.ChargeView) with
        {
            Location = $"/api/agreements/{session.Current.Id}/payment-charges/{key}",
        };
    }
}
