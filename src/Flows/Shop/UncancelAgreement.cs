using Flows.Replies;

namespace Flows.Shop;

/// <summary>The shop takes a scheduled cancel back, until its day has come.</summary>
public sealed class UncancelAgreement(KeyedChange change)
{
    public Task<Reply> RunAsync(string agreementId, string? idempotencyKey, CancellationToken cancellationToken) =>
        change.RunAsync(
            new("uncancel", agreementId, idempotencyKey, default),
            _ => Task.FromResult(true),
            (it, _, now) => it.TakeCancelBack(now),
            Problems.NoCancelToTakeBack,
            cancellationToken
        );
}
