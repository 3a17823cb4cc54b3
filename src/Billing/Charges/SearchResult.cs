using System.Collections.Immutable;

namespace Billing;

/// <summary>
/// What a search by reference proves. A hit is ours when it bears the very reference and, for one that a shop chose and
/// may have given twice, names our agreement. Another's proves nothing; one that does not say enough forbids to
/// conclude that there is none.
/// </summary>
/// <param name="Ours">The charges that are ours.</param>
/// <param name="IsUnclear">It may hold one that is ours, and does not say so.</param>
public sealed record SearchResult(ImmutableArray<ChargeReading> Ours, bool IsUnclear)
{
    public static SearchResult Of(Attempt attempt, Agreement agreement, ImmutableArray<ChargeReading> found)
    {
        var isOurName = ChargeKeys.ParseReference(attempt.Reference) is not null;
        var named = found.Where(it => it.Reference is null || it.Reference == attempt.Reference).ToList();
        var possible = named.Where(it =>
            it.AgreementProviderId is null || it.AgreementProviderId == agreement.Provider.Id
        );
        var groups = possible.ToLookup(it =>
            it.Reference is not null && (isOurName || it.AgreementProviderId is not null)
        );
        return new([.. groups[true]], groups[false].Any());
    }
}
