using Billing;
using Ppro;
using Storage;

namespace Flows;

/// <summary>
/// The shop refunds a captured charge: the amount is reserved and the intent written down, then PPRO is asked.
/// </summary>
public sealed class RefundCharge(
    AgreementStore store,
    RefundSender sender,
    ChargingGate gate,
    Deciding deciding,
    SendClock sendClock
)
{
    public async Task<Reply> RunAsync(
        string agreementId,
        string chargeId,
        ReadOnlyMemory<byte>? bytes,
        string? idempotencyKey,
        CancellationToken cancellationToken
    )
    {
        var (body, problem) = RequestBody.Parse(bytes, idempotencyKey);
        if (body is null)
        {
            return problem!;
        }

        using (body)
        {
            return
                AgreementId.TryParse(agreementId, out var id)
                && ChargeKeys.IsKey(chargeId)
                && await store.OpenAsync(id, cancellationToken) is { } session
                && await store.FindAttemptAsync(id, chargeId, cancellationToken) is { } charge
                ? await RunAsync(session, charge, body, idempotencyKey, cancellationToken)
                : Problems.NotFound();
        }
    }

    private async Task<Reply> RunAsync(
        AgreementSession session,
        Attempt charge,
        RequestBody body,
        string? idempotencyKey,
        CancellationToken cancellationToken
    )
    {
        var errors = new FieldErrors();
        if (RefundRequest.Read(body.Json, errors) is not { } request)
        {
            return Problems.InvalidFields(errors, session.Current);
        }

        if ((idempotencyKey ?? request.Reference) is null)
        {
            return Problems.KeyRequired("an Idempotency-Key header or a merchantRefundReference", session.Current);
        }

        var name = idempotencyKey is { } key ? "key:" + key : "reference:" + request.Reference;
        var operation = CallersOperation.Of($"refund-{charge.Key}", session.Current.Id, name, body.Hash);
        if (await RepeatAsync(session, charge.Key, operation, cancellationToken) is { } repeated)
        {
            return repeated;
        }

        if (await gate.WhyClosedAsync(cancellationToken) is { } why)
        {
            return Problems.ChargingStopped(session.Current, why);
        }

        var reference =
            request.Reference ?? $"{ChargeKeys.Reference(session.Current.Id, charge.Key)}-r-{ShortHash.Of(name)}";
        var id = Refund.IdOf(charge.Key, reference);
        var intent = new RefundIntent(
            id,
            reference,
            IdempotencyKey.From(session.Current.Id.Value, charge.Key, "refund", id),
            RefundBody.From(body.Json, reference)
        );
        return await ClaimAsync(session, charge, request, intent, operation, cancellationToken);
    }

    private async Task<Reply> ClaimAsync(
        AgreementSession session,
        Attempt charge,
        RefundRequest request,
        RefundIntent intent,
        CallersOperation operation,
        CancellationToken cancellationToken
    )
    {
        var start = sendClock.Start();
        RefundHindrance? hindrance = null;
        var committed = await deciding.ChangeAsync(session, charge.Key, Claim, cancellationToken);
        if (committed.Claim is { } claim)
        {
            await sender.SendAsync(session, claim, start);
            return await AnswerAsync(session, charge.Key, intent.Id, CancellationToken.None);
        }

        return committed.Outcome is CommitOutcome.AlreadyThere
            ? await RepeatAsync(session, charge.Key, operation, cancellationToken)
                ?? Problems.RefundReferenceTaken(session.Current)
            : Problems.RefundHindered(session.Current, charge, hindrance ?? RefundHindrance.Unsettled);

        Change Claim(Agreement agreement, Attempt current, DateTimeOffset now)
        {
            charge = current;
            hindrance = agreement.WhyNoRefund(current, request.MinorUnits, now);
            return hindrance is null
                ? agreement
                    .ClaimRefund(current, new(request.MinorUnits, current.Amount.Currency), intent, now)
                    .With(operation.Made(intent.Id, now))
                : Change.None(agreement);
        }
    }

    private Task<Reply?> RepeatAsync(
        AgreementSession session,
        string chargeKey,
        CallersOperation operation,
        CancellationToken cancellationToken
    ) =>
        operation.RepeatAsync(
            store,
            session.Current.Id,
            made => AnswerAsync(session, chargeKey, made, cancellationToken),
            cancellationToken
        );

    /// <summary>201 when PPRO has decided, 202 while its word is awaited.</summary>
    private async Task<Reply> AnswerAsync(
        AgreementSession session,
        string chargeKey,
        string refundId,
        CancellationToken cancellationToken
    )
    {
        var refund =
            await store.FindRefundAsync(session.Current.Id, chargeKey, refundId, cancellationToken)
            ?? throw new InvalidOperationException($"Refund {refundId} of {session.Current.Id} has no row.");
        return Reply.Json(refund.IsOpen ? 202 : 201, RefundView.Of(refund), StorefrontJson.Readable.RefundView) with
        {
            Location = $"/api/agreements/{session.Current.Id}/payment-charges/{chargeKey}/refunds/{refundId}",
        };
    }
}
