using Billing;
using Flows.Replies;
using Flows.Requests;
using Storage;

namespace Flows.Shop;

/// <summary>The shop lets a period go uncharged: the next one, or one that was declined. The reason is kept.</summary>
public sealed class SkipPeriod(AgreementStore store, KeyedChange change)
{
    public async Task<Reply> RunAsync(
        string agreementId,
        string period,
        ReadOnlyMemory<byte>? bytes,
        string? idempotencyKey,
        CancellationToken cancellationToken
    )
    {
        if (PeriodName.Parse(period) is not { } start)
        {
            return Problems.NotFound();
        }

        return await Asked.WithBodyAsync(
            bytes,
            idempotencyKey: null,
            async body =>
            {
                var errors = new FieldErrors();
                var fields = new Fields(body.Json, string.Empty, errors);
                fields.AllowOnly("reason");
                fields.Require("reason");
                var reason = fields.Text("reason", 200);
                return reason is null || errors.Any
                    ? Problems.InvalidFields(errors)
                    : await RunAsync(new($"skip-{period}", agreementId, idempotencyKey, bytes!.Value), start, reason);
            }
        );

        Task<Reply> RunAsync(ChangeRequest request, DateOnly day, string why)
        {
            PeriodHindrance? hindrance = null;
            return change.RunAsync(
                request,
                it => store.ListAttemptsAsync(it.Id, day, cancellationToken),
                (it, earlier, now) =>
                {
                    var found = it.FindPeriod(day, earlier);
                    hindrance = it.WhyNoSkip(found, earlier, now);
                    return hindrance is null ? it.SkipByHand(found!, earlier, why, now) : Change.None(it);
                },
                it => Problems.Hindered(it, hindrance ?? PeriodHindrance.Settled),
                cancellationToken
            );
        }
    }
}
