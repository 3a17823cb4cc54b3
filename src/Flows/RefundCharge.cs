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
    private const string Operation = "refund";
    private const int ShownRefunds = 100;

    public async Task<Reply> RunAsync(
        string agreementId,
        string chargeId,
        ReadOnlyMemory<byte>? bytes,
        string? idempotencyKey,
        CancellationToken cancellationToken
    )
    {
        if (!CallersKey.IsValid(idempotencyKey))
        {
            return Problems.InvalidKey();
        }

        var (body, problem) = RequestBody.Parse(bytes);
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

    public async Task<Reply> ListAsync(string agreementId, string chargeId, CancellationToken cancellationToken)
    {
        if (
            !AgreementId.TryParse(agreementId, out var id)
            || !ChargeKeys.IsKey(chargeId)
            || await store.FindAttemptAsync(id, chargeId, cancellationToken) is null
        )
        {
            return Problems.NotFound();
        }

        var refunds = await store.ListRefundsAsync(id, chargeId, ShownRefunds, cancellationToken);
        return Reply.Json(
            200,
            new RefundListView([.. refunds.Select(RefundView.Of)]),
            StorefrontJson.Readable.RefundListView
        );
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
            return Problems.InvalidFields(errors);
        }

        if ((idempotencyKey ?? request.Reference) is null)
        {
            return Problems.KeyRequired();
        }

        var name = idempotencyKey is { } key ? "key:" + key : "reference:" + request.Reference;
        var operation = ShortHash.Of($"{Operation}\n{session.Current.Id}\n{charge.Key}\n{name}");
        if (await RepeatAsync(session, charge.Key, operation, body.Hash, cancellationToken) is { } repeated)
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
        var noted = new Fact.NewOperation(operation, body.Hash, id, deciding.Now);
        return await ClaimAsync(session, charge.Key, request, intent, noted, cancellationToken);
    }

    private async Task<Reply> ClaimAsync(
        AgreementSession session,
        string chargeKey,
        RefundRequest request,
        RefundIntent intent,
        Fact.NewOperation operation,
        CancellationToken cancellationToken
    )
    {
        var start = sendClock.Start();
        RefundHindrance? hindrance = null;
        var committed = await deciding.ChangeAsync(session, chargeKey, Claim, cancellationToken);
        if (committed.Claim is { } claim)
        {
            await sender.SendAsync(session, claim, start);
            return await AnswerAsync(session, chargeKey, intent.Id, CancellationToken.None);
        }

        return committed.Outcome is CommitOutcome.AlreadyThere
            ? await RepeatAsync(session, chargeKey, operation.Hash, operation.BodyHash, cancellationToken)
                ?? Problems.RefundReferenceTaken(session.Current)
            : Problems.RefundHindered(session.Current, hindrance ?? RefundHindrance.Unsettled);

        Change Claim(Agreement agreement, Attempt charge, DateTimeOffset now)
        {
            hindrance = agreement.WhyNoRefund(charge, request.MinorUnits, now);
            return hindrance is null
                ? agreement
                    .ClaimRefund(charge, new(request.MinorUnits, charge.Amount.Currency), intent, now)
                    .With(operation)
                : Change.None(agreement);
        }
    }

    private async Task<Reply?> RepeatAsync(
        AgreementSession session,
        string chargeKey,
        string operation,
        string bodyHash,
        CancellationToken cancellationToken
    )
    {
        if (await store.FindOperationAsync(session.Current.Id, operation, cancellationToken) is not { } done)
        {
            return null;
        }

        return done.BodyHash == bodyHash
            ? await AnswerAsync(session, chargeKey, done.Made, cancellationToken)
            : Problems.KeyReused();
    }

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
        return Reply.Json(refund.IsOpen ? 202 : 201, RefundView.Of(refund), StorefrontJson.Readable.RefundView);
    }
}
