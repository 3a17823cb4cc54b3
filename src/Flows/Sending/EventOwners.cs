using System.Collections.Immutable;
using Billing;
using Ppro;
using Storage;

namespace Flows;

/// <summary>
/// Whose event is it? Our own references say so themselves. A reference that a shop chose only hints at agreements:
/// there PPRO's ids decide, and where we have not learnt them yet, PPRO is asked.
/// </summary>
public sealed class EventOwners(AgreementStore store, ReferenceHints references, PproClient ppro)
{
    public async Task<EventOwner> FindAsync(PproEvent happened, CancellationToken cancellationToken)
    {
        if (happened.ChargeProviderId is not null || happened.ChargeReference is not null)
        {
            return ChargeKeys.ParseReference(happened.ChargeReference) is var (agreement, key)
                ? new(agreement, key)
                : await FindByHintsAsync(happened, cancellationToken);
        }

        return AgreementId.TryParse(happened.AgreementReference, out var id)
            ? new(id, null)
            : EventOwner.None("it names no agreement of ours");
    }

    private async Task<EventOwner> FindByHintsAsync(PproEvent happened, CancellationToken cancellationToken)
    {
        if (happened.ChargeReference is not { } reference)
        {
            return EventOwner.None("it names no charge reference");
        }

        List<Candidate> candidates = [];
        foreach (var id in await references.FindAsync(reference, cancellationToken))
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
            : await AskAsync(happened, [.. candidates.Where(it => it.Attempt.ProviderId is null)], cancellationToken);
    }

    /// <summary>A silent PPRO fails this delivery: the queue brings the event again.</summary>
    private async Task<EventOwner> AskAsync(
        PproEvent happened,
        ImmutableArray<Candidate> candidates,
        CancellationToken cancellationToken
    )
    {
        if (candidates.IsEmpty || happened.ChargeProviderId is not { } chargeId)
        {
            return EventOwner.None("the charges with this reference are others");
        }

        var charge = await ppro.ReadChargeAsync(chargeId, cancellationToken);
        if (charge is not Answer<ChargeReading>.Said { Reading.AgreementProviderId: { } agreementId })
        {
            return charge is Answer<ChargeReading>.InDoubt
                ? throw new HttpRequestException("PPRO did not answer.")
                : EventOwner.None("PPRO knows no agreement for this charge");
        }

        var agreement = await ppro.ReadAgreementAsync(agreementId, cancellationToken);
        if (agreement is not Answer<AgreementReading>.Said { Reading.Reference: var ours })
        {
            return agreement is Answer<AgreementReading>.InDoubt
                ? throw new HttpRequestException("PPRO did not answer.")
                : EventOwner.None("PPRO does not know the charge's agreement");
        }

        return candidates.FirstOrDefault(it => it.Agreement.Value == ours) is { } owner
            ? new(owner.Agreement, owner.Attempt.Key)
            : EventOwner.None("its agreement is not ours");
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
