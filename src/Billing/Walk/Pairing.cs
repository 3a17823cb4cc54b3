using System.Collections.Immutable;

namespace Billing;

/// <summary>One of our attempts beside what PPRO has of it; either may be missing.</summary>
public sealed record ChargePair(Attempt? Ours, ChargeReading? Theirs);

/// <summary>
/// Which of PPRO's charges is which of ours: by PPRO's id, or where we have none, or PPRO none of that id, by
/// reference. Of several under one reference one that was captured comes first, whatever the order in which PPRO lists
/// them.
/// </summary>
public static class Pairing
{
    public static ImmutableArray<ChargePair> Of(
        IReadOnlyCollection<Attempt> ours,
        IReadOnlyCollection<ChargeReading> theirs
    )
    {
        var byId = theirs.GroupBy(it => it.ProviderId).ToDictionary(it => it.Key, it => it.First());
        var pairs = ImmutableArray.CreateBuilder<ChargePair>();
        foreach (var attempt in ours.OrderBy(it => it.ProviderId is null))
        {
            var known = attempt.ProviderId is { } id ? byId.GetValueOrDefault(id) : null;
            var found = known is { Status: ChargeStatus.Captured } ? known : Best(attempt, known, byId.Values);
            pairs.Add(new(attempt, found));
            if (found is not null)
            {
                byId.Remove(found.ProviderId);
            }
        }

        pairs.AddRange(byId.Values.Select(it => new ChargePair(null, it)));
        return pairs.ToImmutable();
    }

    private static ChargeReading? Best(Attempt attempt, ChargeReading? known, IEnumerable<ChargeReading> theirs)
    {
        var named = theirs.Where(it => it.Reference == attempt.Reference).ToList();
        return named.Find(it => it.Status is ChargeStatus.Captured) ?? known ?? named.FirstOrDefault();
    }

    /// <summary>Our refund of this reading: by PPRO's id, and where we have not learnt it by reference.</summary>
    public static Refund? OursOf(RefundReading theirs, IReadOnlyCollection<Refund> ours) =>
        OursOf(theirs.ProviderId, theirs.Reference, ours);

    /// <summary>
    /// PPRO's word on our refund; null when PPRO does not show it. One that PPRO lists under our name, and no other
    /// under the id that we know, is ours all the same.
    /// </summary>
    public static RefundReading? TheirsOf(Refund ours, IReadOnlyCollection<RefundReading> theirs) =>
        theirs.FirstOrDefault(it => it.ProviderId == ours.ProviderId)
        ?? (ours.IsAdopted ? null : theirs.FirstOrDefault(it => it.Reference == ours.Reference));

    public static Refund? OursOf(string providerId, string? reference, IReadOnlyCollection<Refund> ours) =>
        ours.FirstOrDefault(it => it.ProviderId == providerId)
        ?? ours.FirstOrDefault(it => it.ProviderId is null && it.Reference == reference);
}
