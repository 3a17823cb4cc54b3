using Billing;
using Flows.Replies;
using Storage;

namespace Flows.Shop;

/// <summary>A caller's operation by what it is, on what, and how the caller named it; with its exact body.</summary>
public sealed record CallersOperation(string Hash, string BodyHash)
{
    public static CallersOperation Of(string operation, AgreementId agreement, string callersName, string bodyHash) =>
        new(ShortHash.Of($"{operation}\n{agreement}\n{callersName}"), bodyHash);

    /// <summary>How the caller named it: by the key, or else by the reference; null for not at all.</summary>
    public static string? NameOf(string? idempotencyKey, string? reference) =>
        (idempotencyKey, reference) switch
        {
            ({ } key, _) => "key:" + key,
            (null, { } own) => "reference:" + own,
            _ => null,
        };

    /// <summary>The fact that it was done, and made this.</summary>
    public Fact.NewOperation Made(string what, DateTimeOffset now) => new(Hash, BodyHash, what, now);

    /// <summary>
    /// The answer when it was done before, from what it made; null when it was not. The same name with another body is
    /// another request under a used key.
    /// </summary>
    public async Task<Reply?> RepeatAsync(
        AgreementStore store,
        AgreementId agreement,
        Func<string, Task<Reply>> answer,
        CancellationToken cancellationToken
    )
    {
        if (await store.FindOperationAsync(agreement, Hash, cancellationToken) is not { } done)
        {
            return null;
        }

        return done.BodyHash == BodyHash ? await answer(done.Made) : Problems.KeyReused();
    }
}
