using Billing;
using Ppro;
using Storage;

namespace Flows.Events;

/// <summary>
/// Whose event is it? Our own references say so themselves. A reference that a shop chose may be that of several
/// agreements: there PPRO's ids decide, and where we have not learnt them yet, PPRO is asked.
/// </summary>
public sealed class EventOwners(AgreementStore store, ReferenceOwners references, PproClient ppro)
{
    /// <summary>More agreements than this under one reference are not read one by one.</summary>
    private const int Few = 8;

    private readonly WhoseAtPpro whose = new(ppro);

    public async Task<EventOwner> FindAsync(PproEvent happened, CancellationToken cancellationToken) =>
        happened switch
        {
            { ChargeReference: { } reference } => await FindByReferenceAsync(happened, reference, cancellationToken),
            { ChargeProviderId: { } charge } => await FindByChargeAsync(happened, charge, cancellationToken),
            { AgreementReference: { } reference } => FindByAgreement(reference),
            { AgreementProviderId: { } agreement } => FindByAgreement(
                await whose.AgreementAsync(agreement, cancellationToken)
            ),
            _ => EventOwner.None("it names no agreement and no charge"),
        };

    private static EventOwner FindByAgreement(string? reference) =>
        AgreementId.TryParse(reference, out var id) ? new(id, null) : EventOwner.None("it names no agreement of ours");

    private async Task<EventOwner> FindByReferenceAsync(
        PproEvent happened,
        string reference,
        CancellationToken cancellationToken
    ) =>
        ChargeKeys.ParseReference(reference) is var (agreement, key)
            ? await OfOurNameAsync(happened, agreement, key, cancellationToken)
            : await FindAmongOwnersAsync(happened, reference, cancellationToken);

    /// <summary>
    /// Money that goes back is booked on nothing but its own charge. Where we have not learnt yet which charge at PPRO
    /// is ours, PPRO is asked whether that which the event names bears our reference.
    /// </summary>
    private async Task<EventOwner> OfOurNameAsync(
        PproEvent happened,
        AgreementId agreement,
        string key,
        CancellationToken cancellationToken
    ) =>
        happened is { What.About: EventSubject.Refund, ChargeProviderId: { } charge }
        && await store.FindAttemptAsync(agreement, key, cancellationToken) is { ProviderId: null } attempt
        && (await whose.ChargeAsync(charge, cancellationToken))?.Reference != attempt.Reference
            ? EventOwner.None("its charge is none of ours")
            : new(agreement, key);

    /// <summary>
    /// The event has PPRO's id of the charge and nothing of ours: PPRO is asked for the rest. A chargeback of a charge
    /// that we did not make still concerns the agreement that it was made on.
    /// </summary>
    private async Task<EventOwner> FindByChargeAsync(
        PproEvent happened,
        string chargeId,
        CancellationToken cancellationToken
    )
    {
        if (await whose.ChargeAsync(chargeId, cancellationToken) is not { } charge)
        {
            return EventOwner.None("PPRO does not know the charge");
        }

        var owner = charge.Reference is { } reference
            ? await FindByReferenceAsync(happened, reference, cancellationToken)
            : EventOwner.None("its charge has no reference");
        if (!happened.What.CallsForAPerson || owner.Agreement is not null)
        {
            return owner;
        }

        var ours = await whose.AgreementAsync(WhoseAtPpro.AgreementOf(charge), cancellationToken);
        return AgreementId.TryParse(ours, out var agreement) ? new(agreement, null) : owner;
    }

    /// <summary>Few candidates are read; of many only that one which the event, or PPRO, names.</summary>
    private async Task<EventOwner> FindAmongOwnersAsync(
        PproEvent happened,
        string reference,
        CancellationToken cancellationToken
    )
    {
        var possible = await references.FindAsync(reference, Few + 1, cancellationToken);
        if (possible.Count > Few)
        {
            return await FindAmongManyAsync(happened, reference, cancellationToken);
        }

        List<Candidate> candidates = [];
        foreach (var id in possible)
        {
            if (await CandidateAsync(id, reference, cancellationToken) is { } candidate)
            {
                candidates.Add(candidate);
            }
        }

        if (candidates.Count is 0)
        {
            return EventOwner.None("no agreement of ours has this charge reference");
        }

        return
            candidates.Find(it => it.Attempt.ProviderId is { } known && known == happened.ChargeProviderId) is { } owner
            ? new(owner.Agreement, owner.Attempt.Key)
            : await AskAsync(happened, candidates, cancellationToken);
    }

    /// <summary>PPRO says of which agreement it is: also of a second charge under a reference that we know.</summary>
    private async Task<EventOwner> AskAsync(
        PproEvent happened,
        IReadOnlyCollection<Candidate> candidates,
        CancellationToken cancellationToken
    )
    {
        if (happened.ChargeProviderId is not { } chargeId)
        {
            return EventOwner.None("the charges with this reference are others");
        }

        var charge = await whose.ChargeAsync(chargeId, cancellationToken);
        var ours = charge is null
            ? null
            : await whose.AgreementAsync(WhoseAtPpro.AgreementOf(charge), cancellationToken);
        return candidates.FirstOrDefault(it => it.Agreement.Value == ours) is { } owner
            ? new(owner.Agreement, owner.Attempt.Key)
            : EventOwner.None("its agreement is not ours");
    }

    /// <summary>
    /// A charge that PPRO does not show may be one of ours that its reads do not know yet: where there are few, our own
    /// rows would have told.
    /// </summary>
    private async Task<EventOwner> FindAmongManyAsync(
        PproEvent happened,
        string reference,
        CancellationToken cancellationToken
    )
    {
        if (happened is { AgreementReference: null, AgreementProviderId: null, ChargeProviderId: null })
        {
            return EventOwner.None("the charges with this reference are others");
        }

        var ours =
            happened.AgreementReference
            ?? await whose.AgreementAsync(
                happened.AgreementProviderId
                    ?? WhoseAtPpro.AgreementOf(await whose.ChargeAsync(happened.ChargeProviderId!, cancellationToken)),
                cancellationToken
            );
        if (!AgreementId.TryParse(ours, out var agreement))
        {
            return EventOwner.None("its agreement is not ours");
        }

        return await store.FindKeyAsync(agreement, reference, cancellationToken) is { } key
            ? new(agreement, key)
            : EventOwner.None("no agreement of ours has this charge reference");
    }

    private async Task<Candidate?> CandidateAsync(
        AgreementId id,
        string reference,
        CancellationToken cancellationToken
    ) =>
        await store.FindKeyAsync(id, reference, cancellationToken) is { } key
        && await store.FindAttemptAsync(id, key, cancellationToken) is { } attempt
            ? new(id, attempt)
            : null;

    private sealed record Candidate(AgreementId Agreement, Attempt Attempt);
}

/// <summary>
/// The agreement and attempt that an event is about, as far as references say: whether there is such an attempt is
/// seen when the event is applied. Or why there is none.
/// </summary>
public sealed record EventOwner(AgreementId? Agreement, string? ChargeKey, string? WhyNone = null)
{
    public static EventOwner None(string why) => new(null, null, why);
}
