using System.Collections.Immutable;

namespace Billing;

/// <summary>One of our attempts beside what PPRO has of it; either may be missing.</summary>
public sealed record ChargePair(Attempt? Ours, ChargeReading? Theirs);

/// <summary>Which of PPRO's charges is which of ours: by PPRO's id, or where we have none by reference.</summary>
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
            var found = attempt.ProviderId is { } id
                ? byId.GetValueOrDefault(id)
                : byId.Values.FirstOrDefault(it => it.Reference == attempt.Reference);
            pairs.Add(new(attempt, found));
            if (found is not null)
            {
                byId.Remove(found.ProviderId);
            }
        }

        pairs.AddRange(byId.Values.Select(it => new ChargePair(null, it)));
        return pairs.ToImmutable();
    }

    /// <summary>Our refund of this reading: by PPRO's id, and where we have not learnt it by reference.</summary>
    public static Refund? OursOf(RefundReading theirs, IReadOnlyCollection<Refund> ours) =>
        OursOf(theirs.ProviderId, theirs.Reference, ours);

    /// <summary>PPRO's word on our refund, by the same rule; null when PPRO does not show it.</summary>
    public static RefundReading? TheirsOf(Refund ours, IEnumerable<RefundReading> theirs) =>
        theirs.FirstOrDefault(it => OursOf(it, [ours]) is not null);

    public static Refund? OursOf(string providerId, string? reference, IReadOnlyCollection<Refund> ours) =>
        ours.FirstOrDefault(it => it.ProviderId == providerId)
        ?? ours.FirstOrDefault(it => it.ProviderId is null && it.Reference == reference);
}
