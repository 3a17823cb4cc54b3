using System.Text.Json;
using Billing;
using Flows.Replies;
using Flows.Requests;

namespace Flows.Shop;

/// <summary>
/// The shop cancels: now, or at the end of the period. From the answer on no charge is begun; PPRO is asked by a look,
/// again and again until it confirms.
/// </summary>
public sealed class CancelAgreement(KeyedChange change)
{
    public Task<Reply> RunAsync(
        string agreementId,
        ReadOnlyMemory<byte>? bytes,
        string? idempotencyKey,
        CancellationToken cancellationToken
    ) =>
        Asked.WithBodyAsync(
            bytes is { IsEmpty: true } ? "{}"u8.ToArray() : bytes,
            idempotencyKey: null,
            async body =>
            {
                var errors = new FieldErrors();
                var (when, reason) = Read(body.Json, errors);
                return errors.Any
                    ? Problems.InvalidFields(errors)
                    : await change.RunAsync(
                        new("cancel", agreementId, idempotencyKey, bytes!.Value),
                        (it, now) => Decide(it, when, reason, now),
                        cancellationToken
                    );
            }
        );

    private static Change Decide(Agreement agreement, CancelWhen when, string? reason, DateTimeOffset now) =>
        when is CancelWhen.PeriodEnd
            ? agreement.CancelAtPeriodEnd(EndedBy.Storefront, reason, now)
            : agreement.Cancel(EndedBy.Storefront, reason, now);

    private static (CancelWhen When, string? Reason) Read(JsonElement json, FieldErrors errors)
    {
        var fields = new Fields(json, string.Empty, errors);
        fields.AllowOnly("when", "reason");
        return (fields.Word<CancelWhen>("when") ?? CancelWhen.Now, fields.Text("reason", 200));
    }

    private enum CancelWhen
    {
        Now,
        PeriodEnd,
    }
}
