using Billing;

namespace Storage;

/// <summary>
/// Which agreements may own a charge reference that a shop chose. Written before the agreement's own rows: a hint,
/// never a promise.
/// </summary>
public sealed class ReferenceHints(ITables tables)
{
    /// <summary>More agreements than this under one reference are not told apart by it.</summary>
    private const int MaxAgreements = 50;

    public Task PutAsync(string reference, AgreementId agreement, CancellationToken cancellationToken) =>
        tables.CommitAsync(
            StoreNames.References,
            [new RowWrite.Put(new(Keys.ReferenceHint(reference), agreement.Value))],
            cancellationToken
        );

    public async Task<IReadOnlyList<AgreementId>> FindAsync(string reference, CancellationToken cancellationToken)
    {
        var partition = Keys.ReferenceHint(reference);
        var range = new KeyRange(partition, partition, MaxAgreements);
        var rows = await tables.RangeAsync(StoreNames.References, range, cancellationToken);
        return [.. rows.Select(row => AgreementId.Parse(row.RowKey))];
    }
}
