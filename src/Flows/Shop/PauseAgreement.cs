using Billing;
using Flows.Replies;

namespace Flows.Shop;

/// <summary>The shop pauses a schedule, and resumes it.</summary>
public sealed class PauseAgreement(KeyedChange change, AgreementChanges changes)
{
    public Task<Reply> PauseAsync(string agreementId, string? idempotencyKey, CancellationToken cancellationToken) =>
        change.RunAsync(
            new("pause", agreementId, idempotencyKey, default),
            (it, now) => it.Pause(now),
            cancellationToken
        );

    public Task<Reply> ResumeAsync(string agreementId, string? idempotencyKey, CancellationToken cancellationToken) =>
        change.RunAsync(
            new("resume", agreementId, idempotencyKey, default),
            (it, now) => it.Resume(changes.Rules, now),
            cancellationToken
        );
}
