using Billing;
using Storage;

namespace Flows;

/// <summary>Answers about charges that a caller asked for: a repeat hears of what was made.</summary>
public sealed class CallersCharges(AgreementStore store)
{
    /// <summary>The answer to an operation that was done before; null when it was not.</summary>
    public async Task<Reply?> RepeatAsync(
        AgreementSession session,
        CallersOperation operation,
        CancellationToken cancellationToken
    )
    {
        if (await store.FindOperationAsync(session.Current.Id, operation.Hash, cancellationToken) is not { } done)
        {
            return null;
        }

        return done.BodyHash == operation.BodyHash
            ? await AnswerAsync(session, done.Made, cancellationToken)
            : Problems.KeyReused();
    }

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

/// <summary>A caller's operation by what it is, on what, and how the caller named it; with its exact body.</summary>
public sealed record CallersOperation(string Hash, string BodyHash)
{
    public static CallersOperation Of(string operation, AgreementId agreement, string callersName, string bodyHash) =>
        new(ShortHash.Of($"{operation}\n{agreement}\n{callersName}"), bodyHash);

    /// <summary>The fact that it was done, and made this.</summary>
    public Fact.NewOperation Made(string key, DateTimeOffset now) => new(Hash, BodyHash, key, now);
}
