using Billing;
using Flows.Replies;
using Flows.Requests;
using Flows.Sending;
using Flows.Settings;
using Microsoft.Extensions.Options;
using Ppro;
using Storage;

namespace Flows.Shop;

/// <summary>
/// The storefront asks for an agreement: it is written down, then asked of PPRO, and the answer tells where the
/// consumer approves. The caller's repeat with the same key finishes what was interrupted.
/// </summary>
public sealed class CreateAgreement(
    AgreementStore store,
    AgreementDirectory directory,
    ReferenceOwners references,
    WakeUps wakeUps,
    AgreementSender sender,
    SendOrder order,
    AgreementChanges changes,
    SendClock sendClock,
    IOptions<PproOptions> options
)
{
    public Task<Reply> RunAsync(
        ReadOnlyMemory<byte>? bytes,
        string? idempotencyKey,
        CancellationToken cancellationToken
    ) =>
        Asked.WithBodyAsync(
            bytes,
            idempotencyKey,
            async body =>
            {
                var errors = new FieldErrors();
                var terms = AgreementRequest.Read(body.Json, options.Value.BaseUrl.IsLoopback, changes.Now, errors);
                return terms is null
                    ? Problems.InvalidFields(errors)
                    : await RunAsync(terms, body, idempotencyKey, cancellationToken);
            }
        );

    private async Task<Reply> RunAsync(
        AgreementTerms terms,
        RequestBody body,
        string? key,
        CancellationToken cancellationToken
    )
    {
        var id = key is null ? AgreementId.Random() : AgreementId.FromKey(key);
        if (key is not null && await store.OpenAsync(id, cancellationToken) is { } known)
        {
            return await RepeatAsync(known, body.Hash, cancellationToken);
        }

        var start = sendClock.Start();
        var begun = Begin(id, terms, body);
        AgreementSession? added = null;
        var ordered = await order.RunAsync(
            TollOf(terms),
            async () =>
            {
                added = await AddAsync(begun, start, cancellationToken);
                return added is null
                    ? new(CommitOutcome.AlreadyThere, null)
                    : new(CommitOutcome.Committed, begun.Claim);
            },
            (claim, since) => sender.SendAsync(added!, claim, since),
            cancellationToken,
            start
        );
        return ordered.WhyClosed is { } why ? Problems.ChargingStopped(why)
            : added is null
                ? await RepeatAsync((await store.OpenAsync(id, cancellationToken))!, body.Hash, cancellationToken)
            : Answer(added, key is not null);
    }

    private async Task<AgreementSession?> AddAsync(Change begun, long start, CancellationToken cancellationToken)
    {
        await AnnounceAsync(begun.Agreement, cancellationToken);
        try
        {
            return await store.AddAsync(begun, cancellationToken);
        }
        finally
        {
            if (!sendClock.MayLeave(begun.Claim!, start))
            {
                // Held up on the way: the look that it had asked for may have come before there was anything.
                // Whatever was answered, the agreement may be there.
                await AnnounceAsync(begun.Agreement, cancellationToken);
            }
        }
    }

    private Change Begin(AgreementId id, AgreementTerms terms, RequestBody body)
    {
        var now = changes.Now;
        var initialReference = ChargeKeys.Reference(id, ChargeKeys.Scheduled(Agreement.InitialPeriod(terms, now), 1));
        var bytes = AgreementBody.From(body.Json, id.Value, options.Value.WebhooksUrl, initialReference);
        var intent = new CreateIntent(IdempotencyKey.From(id.Value, "create"), body.Hash, bytes);
        return Agreement.Begin(id, terms, intent, now).Planned(changes.Rules, now);
    }

    /// <summary>Written before the agreement, so that it can be found however early this process dies.</summary>
    private async Task AnnounceAsync(Agreement agreement, CancellationToken cancellationToken)
    {
        await directory.PutAsync(agreement.Id, agreement.Terms.Reference, agreement.CreatedAt, cancellationToken);
        if (agreement.Terms.InitialCharge?.Reference is { } reference)
        {
            await references.PutAsync(reference, agreement.Id, cancellationToken);
        }

        await wakeUps.AddAsync(agreement.Id, agreement.NextLookAt!.Value, cancellationToken);
    }

    private async Task<Reply> RepeatAsync(AgreementSession session, string hash, CancellationToken cancellationToken)
    {
        if (session.Current.Create.RequestHash != hash)
        {
            return Problems.KeyReused();
        }

        if (session.Current.WhyCreateMayNotBeSent(changes.Now) is null)
        {
            return await SendAgainAsync(session, cancellationToken);
        }

        return Answer(session, isKeyed: true);
    }

    private async Task<Reply> SendAgainAsync(AgreementSession session, CancellationToken cancellationToken)
    {
        var ordered = await order.RunAsync(
            TollOf(session.Current.Terms),
            () => changes.ChangeAsync(session, (it, now) => it.ReclaimCreate(now), cancellationToken),
            (claim, start) => sender.SendAsync(session, claim, start),
            cancellationToken
        );
        return ordered.WhyClosed is { } why
            ? Problems.ChargingStopped(session.Current, why)
            : Answer(session, isKeyed: true);
    }

    /// <summary>A first charge that travels along is a charge; an agreement alone asks for no money.</summary>
    private static Toll TollOf(AgreementTerms terms) =>
        terms.InitialCharge is { } initial ? Toll.Of(initial.Amount) : Toll.None;

    private Reply Answer(AgreementSession session, bool isKeyed)
    {
        var (agreement, now) = (session.Current, changes.Now);
        if (agreement.Provider.Id is not null)
        {
            var view = AgreementViews.Of(agreement, changes.Rules, now);
            return Reply.Json(201, view, StorefrontJson.Readable.AgreementView) with
            {
                Location = $"/api/agreements/{agreement.Id}",
            };
        }

        return (agreement.Create.State, agreement.WhyCreateMayNotBeSent(now)) switch
        {
            (CreateState.Refused, _) => Problems.ProviderRefused(agreement),
            (CreateState.Unsent, null) => Problems.ProviderRefusesUs(agreement),
            (_, CreateHindrance.Underway) => Problems.Hindered(agreement, CreateHindrance.Underway) with
            {
                RetryAfter = RetryAfter(agreement, now),
            },
            (_, null) => Problems.ProviderUnavailable(agreement, isKeyed, retryAfter: 1),
            (_, { } why) => Problems.Hindered(agreement, why),
        };
    }

    private static int RetryAfter(Agreement agreement, DateTimeOffset now) =>
        Math.Max(1, (int)Math.Ceiling((agreement.Create.LastClaimedAt + SendRules.ResendAfter - now).TotalSeconds));
}
