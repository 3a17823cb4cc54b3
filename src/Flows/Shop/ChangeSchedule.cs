using Billing;
using Flows.Replies;
using Flows.Requests;
using Storage;

namespace Flows.Shop;

/// <summary>
/// The shop changes the price or the frequency, from the next period on; or the end of the plan, while it lives.
/// </summary>
public sealed class ChangeSchedule(KeyedChange change, AgreementStore store)
{
    public Task<Reply> RunAsync(
        string agreementId,
        ReadOnlyMemory<byte>? bytes,
        string? idempotencyKey,
        CancellationToken cancellationToken
    ) =>
        store.WithBodyAsync(
            agreementId,
            bytes,
            idempotencyKey: null,
            async (session, body) =>
            {
                var errors = new FieldErrors();
                var wanted = ScheduleRequest.Read(body.Json, session.Current, errors);
                return errors.Any
                    ? Problems.InvalidFields(errors, session.Current)
                    : await RunAsync(
                        new("change-schedule", agreementId, idempotencyKey, bytes!.Value),
                        wanted,
                        cancellationToken
                    );
            },
            cancellationToken
        );

    private Task<Reply> RunAsync(ChangeRequest request, PlanChange wanted, CancellationToken cancellationToken)
    {
        PlanHindrance? hindrance = null;
        return change.RunAsync(
            request,
            _ => Task.FromResult(true),
            Decide,
            it => Problems.PlanHindered(it, hindrance),
            cancellationToken
        );

        Change Decide(Agreement agreement, bool loaded, DateTimeOffset now)
        {
            hindrance = agreement.WhyNoChange(wanted, now);
            return agreement.ChangeSchedule(wanted, now);
        }
    }
}
