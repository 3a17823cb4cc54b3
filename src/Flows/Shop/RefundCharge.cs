using Billing;
using Flows.Replies;
using Flows.Requests;
using Flows.Sending;
using Ppro;
using Storage;

namespace Flows.Shop;

/// <summary>
/// The shop refunds a captured charge: the amount is reserved and the intent written down, then PPRO is asked.
/// </summary>
public sealed class RefundCharge(AgreementStore store, RefundSender sender, SendOrder order, AgreementChanges changes)
{
    public Task<Reply> RunAsync(
        string agreementId,
        string chargeId,
        ReadOnlyMemory<byte>? bytes,
        string? idempotencyKey,
        CancellationToken cancellationToken
    ) =>
        store.WithBodyAsync(
            agreementId,
            bytes,
            idempotencyKey,
            async (session, body) =>
                ChargeKeys.IsKey(chargeId)
                && await store.FindAttemptAsync(session.Current.Id, chargeId, cancellationToken) is { } charge
                    ? await RunAsync(session, charge, body, idempotencyKey, cancellationToken)
                    : Problems.NotFound(),
            cancellationToken
        );

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

        if (CallersOperation.NameOf(idempotencyKey, request.Reference) is not { } name)
        {
            return Problems.KeyRequired("an Idempotency-Key header or a merchantRefundReference", session.Current);
        }

        var operation = CallersOperation.Of($"refund-{charge.Key}", session.Current.Id, name, body.Hash);
        if (await RepeatAsync(session, charge.Key, operation, cancellationToken) is { } repeated)
        {
            return repeated;
        }

        var reference = request.Reference ?? RefundNames.Of(session.Current.Id, charge.Key, name);
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
        RefundHindrance? hindrance = null;
        var ordered = await order.RunAsync(
            Toll.SwitchOnly,
            () => changes.ChangeAsync(session, LoadAsync, Claim, cancellationToken),
            (claim, start) => sender.SendAsync(session, claim, start),
            cancellationToken
        );
        return ordered switch
        {
            { WhyClosed: { } why } => Problems.ChargingStopped(session.Current, why),
            { Claim: not null } => await AnswerAsync(session, charge.Key, intent.Id, CancellationToken.None),
            { Committed.Outcome: CommitOutcome.AlreadyThere } => await RepeatAsync(
                session,
                charge.Key,
                operation,
                cancellationToken
            ) ?? Problems.RefundHindered(session.Current, charge, RefundHindrance.NameTaken),
            _ => Problems.RefundHindered(session.Current, charge, hindrance ?? RefundHindrance.Unsettled),
        };

        async Task<(Attempt Charge, bool IsNameTaken)> LoadAsync(Agreement agreement) =>
            (
                await store.FindAttemptAsync(agreement.Id, charge.Key, cancellationToken) ?? charge,
                request.Reference is { } name && await IsTakenAsync(agreement.Id, charge.Key, name, cancellationToken)
            );

        Change Claim(Agreement agreement, (Attempt Charge, bool IsNameTaken) loaded, DateTimeOffset now)
        {
            charge = loaded.Charge;
            hindrance = loaded.IsNameTaken
                ? RefundHindrance.NameTaken
                : agreement.WhyNoRefund(charge, request.MinorUnits, now);
            return hindrance is null
                ? agreement
                    .ClaimRefund(charge, new(request.MinorUnits, charge.Amount.Currency), intent, now)
                    .With(operation.Made(intent.Id, now))
                : Change.None(agreement);
        }
    }

    /// <summary>
    /// True when someone has used this name in PPRO's portal. PPRO's word about it could then be about either, and the
    /// shop may be giving the same money back a second time.
    /// </summary>
    private async Task<bool> IsTakenAsync(
        AgreementId id,
        string chargeKey,
        string name,
        CancellationToken cancellationToken
    )
    {
        var refunds = await store.ListRefundsAsync(id, chargeKey, cancellationToken);
        return refunds.Any(it => it.IsAdopted && it.Reference == name);
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
