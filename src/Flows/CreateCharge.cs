using Billing;
using Storage;

namespace Flows;

/// <summary>The storefront asks for a single charge now: the intent is written down, then PPRO is asked.</summary>
public sealed class CreateCharge(
    AgreementStore store,
    ReferenceHints references,
    ChargeIntents intents,
    ChargeSender sender,
    ChargingGate gate,
    Deciding deciding,
    SendClock sendClock
)
{
    private const string Operation = "create-charge";

    public async Task<Reply> RunAsync(
        string agreementId,
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
                && await store.OpenAsync(id, cancellationToken) is { } session
                ? await RunAsync(session, body, idempotencyKey, cancellationToken)
                : Problems.NotFound();
        }
    }

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
            return Problems.InvalidFields(errors);
        }

        if (NameOf(idempotencyKey, request.Reference) is not { } name)
        {
            return Problems.KeyRequired();
        }

        var operation = ShortHash.Of($"{Operation}\n{session.Current.Id}\n{name}");
        if (await RepeatAsync(session, operation, body.Hash, cancellationToken) is { } repeated)
        {
            return repeated;
        }

        var intent = intents.ForSingle(session.Current.Id, name, request.Reference, body.Json);
        return await ChargeAsync(session, request, intent, new(operation, body.Hash), cancellationToken);
    }

    private async Task<Reply> ChargeAsync(
        AgreementSession session,
        ChargeRequest request,
        ChargeIntent intent,
        CallersOperation operation,
        CancellationToken cancellationToken
    )
    {
        var pass = await gate.EnterAsync(request.Amount.MinorUnits, cancellationToken);
        if (pass.WhyClosed is { } why)
        {
            return Problems.ChargingStopped(session.Current, why);
        }

        if (request.Reference is { } reference)
        {
            await references.PutAsync(reference, session.Current.Id, cancellationToken);
        }

        var start = sendClock.Start();
        var committed = await deciding.ChangeAsync(
            session,
            (it, now) => Claim(it, request, intent, operation, now),
            cancellationToken
        );
        if (committed.Claim is null)
        {
            gate.GiveBack(pass);
        }

        switch (committed)
        {
            case { Claim: { } claim }:
                await sender.SendAsync(session, claim, start);
                return await AnswerAsync(session, intent.Key, CancellationToken.None);
            case { Outcome: CommitOutcome.AlreadyThere }:
                return await RepeatAsync(session, operation.Hash, operation.BodyHash, cancellationToken)
                    ?? Problems.ReferenceTaken(session.Current);
            default:
                return session.Current.WhyNoSingleCharge(deciding.Rules, deciding.Now) is { } hindrance
                    ? Problems.ChargeHindered(session.Current, hindrance)
                    : await AnswerAsync(session, intent.Key, cancellationToken);
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
        var claimed = agreement.ClaimSingle(request.Amount, intent, isOwnReference, deciding.Rules, now);
        return claimed.Claim is null
            ? claimed
            : claimed.With(new Fact.NewOperation(operation.Hash, operation.BodyHash, intent.Key, now));
    }

    private async Task<Reply?> RepeatAsync(
        AgreementSession session,
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
            ? await AnswerAsync(session, done.Made, cancellationToken)
            : Problems.KeyReused();
    }

    /// <summary>201 when PPRO has decided, 202 while its word is awaited.</summary>
    private async Task<Reply> AnswerAsync(AgreementSession session, string key, CancellationToken cancellationToken)
    {
        var attempt =
            await store.FindAttemptAsync(session.Current.Id, key, cancellationToken)
            ?? throw new InvalidOperationException($"Charge {key} of {session.Current.Id} has no row.");
        var status = attempt.IsOpen ? 202 : 201;
        return Reply.Json(status, ChargeView.Of(attempt), StorefrontJson.Readable.ChargeView) with
        {
            Location = $"/api/agreements/{session.Current.Id}/payment-charges/{key}",
        };
    }

    private static string? NameOf(string? idempotencyKey, string? reference) =>
        (idempotencyKey, reference) switch
        {
            ({ } key, _) => "key:" + key,
            (null, { } own) => "reference:" + own,
            _ => null,
        };

    private sealed record CallersOperation(string Hash, string BodyHash);
}
