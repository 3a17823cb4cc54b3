using Billing;
using Flows.Looks;
using Flows.Replies;
using Flows.Requests;
using Flows.Sending;
using Storage;

namespace Flows.Shop;

/// <summary>
/// The storefront asks for a charge now: a single one, or a period's. The intent is written down, then PPRO is asked.
/// </summary>
public sealed class CreateCharge(
    AgreementStore store,
    ReferenceOwners references,
    ReadAgreement readAgreement,
    ChargePeriod chargePeriod,
    CallersCharges callersCharges,
    ChargeIntents intents,
    ChargeSender sender,
    SendOrder order,
    AgreementChanges changes
)
{
    private const string Operation = "create-charge";

    public Task<Reply> RunAsync(
        string agreementId,
        ReadOnlyMemory<byte>? bytes,
        string? idempotencyKey,
        CancellationToken cancellationToken
    ) =>
        store.WithBodyAsync(
            agreementId,
            bytes,
            idempotencyKey,
            (session, body) => RunAsync(session, body, idempotencyKey, cancellationToken),
            cancellationToken
        );

    private async Task<Reply> RunAsync(
        AgreementSession session,
        RequestBody body,
        string? idempotencyKey,
        CancellationToken cancellationToken
    )
    {
        var errors = new FieldErrors();
        if (ChargeRequest.Read(body.Json, session.Current.Terms, errors) is not { } request)
        {
            return Problems.InvalidFields(errors, session.Current);
        }

        if (CallersOperation.NameOf(idempotencyKey, request.Reference) is not { } name)
        {
            return Problems.KeyRequired(
                "an Idempotency-Key header or a merchantPaymentChargeReference",
                session.Current
            );
        }

        var operation = CallersOperation.Of(Operation, session.Current.Id, name, body.Hash);
        if (await callersCharges.RepeatAsync(session, operation, cancellationToken) is { } repeated)
        {
            return repeated;
        }

        if (request.ForPeriod is { } period)
        {
            var wish = new PeriodWish(period, request.Amount, body.Json);
            return await chargePeriod.RunAsync(session, wish, operation, cancellationToken);
        }

        var intent = intents.ForSingle(session.Current.Id, name, request.Reference, body.Json);
        return await readAgreement.EnsureFreshAsync(session, cancellationToken)
            ? await ChargeAsync(session, request, intent, operation, cancellationToken)
            : Problems.Hindered(session.Current, ChargeHindrance.NotConfirmed);
    }

    private async Task<Reply> ChargeAsync(
        AgreementSession session,
        ChargeRequest request,
        ChargeIntent intent,
        CallersOperation operation,
        CancellationToken cancellationToken
    )
    {
        var ordered = await order.RunAsync(
            Toll.Of(request.Amount),
            () =>
                changes.ChangeAsync(
                    session,
                    (it, now) => Claim(it, request, intent, operation, now),
                    cancellationToken
                ),
            (claim, start) => sender.SendAsync(session, claim, start),
            cancellationToken,
            prepare: () => AnnounceAsync(session.Current.Id, request.Reference, cancellationToken)
        );
        return ordered switch
        {
            { WhyClosed: { } why } => Problems.ChargingStopped(session.Current, why),
            { Claim: not null } => await callersCharges.AnswerAsync(session, intent.Key, CancellationToken.None),
            { Committed.Outcome: CommitOutcome.AlreadyThere } => await callersCharges.RepeatAsync(
                session,
                operation,
                cancellationToken
            ) ?? Problems.ReferenceTaken(session.Current),
            _ => session.Current.WhyNoSingleCharge(changes.Rules, changes.Now) is { } hindrance
                ? Problems.Hindered(session.Current, hindrance)
                : await callersCharges.AnswerAsync(session, intent.Key, cancellationToken),
        };
    }

    /// <summary>Written before the charge, so that an event finds it however early this process dies.</summary>
    private async Task AnnounceAsync(AgreementId agreement, string? reference, CancellationToken cancellationToken)
    {
        if (reference is not null)
        {
            await references.PutAsync(reference, agreement, cancellationToken);
        }
    }

    private Change Claim(
        Agreement agreement,
        ChargeRequest request,
        ChargeIntent intent,
        CallersOperation operation,
        DateTimeOffset now
    )
    {
        var isOwnReference = request.Reference is not null;
        var claimed = agreement.ClaimSingle(request.Amount, intent, isOwnReference, changes.Rules, now);
        return claimed.Claim is null ? claimed : claimed.With(operation.Made(intent.Key, now));
    }
}
