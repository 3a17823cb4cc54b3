using Billing;

namespace Storage;

/// <summary>
/// Which agreements may own a charge reference that a shop chose. Written before the agreement's own rows: what may
/// be so, never a promise.
/// </summary>
public sealed class ReferenceOwners(ITables tables)
{
    public Task PutAsync(string reference, AgreementId agreement, CancellationToken cancellationToken) =>
        tables.CommitAsync(
            StoreNames.References,
            [new RowWrite.Put(new(Keys.ReferenceOf(reference), agreement.Value))],
            cancellationToken
        );

    /// <summary>At most so many of them, in the order of their ids.</summary>
    public async Task<IReadOnlyList<AgreementId>> FindAsync(
        string reference,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var partition = Keys.ReferenceOf(reference);
        var rows = await tables.RangeAsync(StoreNames.References, new(partition, partition, limit), cancellationToken);
        return [.. rows.Select(row => AgreementId.Parse(row.RowKey))];
    }
}
