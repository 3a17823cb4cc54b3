using Billing;
using Flows.Replies;
using Flows.Requests;
using Storage;

namespace Flows.Shop;

/// <summary>
/// All agreements, the newest first, a page at a time. The directory says which there are and their reference, which
/// never changes; everything else is read from the agreements themselves, so that no copy can be stale.
/// </summary>
public sealed class ListAgreements(AgreementStore store, AgreementDirectory directory, AgreementChanges changes)
{
    public const int PageSize = 50;
    private const int ReadsAtOnce = 8;

    /// <summary>Entries of one read of the directory when most of them will be passed over.</summary>
    private const int EntriesAtOnce = 1000;

    /// <summary>A page that few agreements fit on ends after so many reads of the directory, full or not.</summary>
    private const int MaxRounds = 24;

    public async Task<Reply> RunAsync(
        string? status,
        string? reference,
        string? pageToken,
        CancellationToken cancellationToken
    )
    {
        var (query, problem) = AgreementQuery.Read(status, reference, pageToken);
        if (query is null)
        {
            return problem!;
        }

        var (found, next) = await FindAsync(query, cancellationToken);
        var now = changes.Now;
        var view = new AgreementListView(
            [.. found.Select(it => AgreementViews.Of(it, changes.Rules, now))],
            next is null ? null : AgreementQuery.TokenOf(next)
        );
        return Reply.Json(200, view, StorefrontJson.Readable.AgreementListView);
    }

    private async Task<(IReadOnlyList<Agreement> Found, DirectoryPlace? Next)> FindAsync(
        AgreementQuery query,
        CancellationToken cancellationToken
    )
    {
        // From tomorrow on: a worker whose clock is a little ahead may have opened the next month already.
        var place = query.From ?? DirectoryPlace.Newest(changes.Now.AddDays(1));
        var found = new List<Agreement>();
        for (var round = 1; place is not null && found.Count < PageSize && round <= MaxRounds; round++)
        {
            var room = PageSize - found.Count;
            var limit = query.Reference is null ? room : EntriesAtOnce;
            var page = await directory.ReadAsync(place, limit, cancellationToken);
            var wanted = page.Entries.Where(query.MayInclude).Take(room + 1).ToList();
            place = wanted.Count > room ? wanted[room - 1].Place : page.Next;
            var agreements = await ReadAsync(wanted.Take(room), cancellationToken);
            found.AddRange(agreements.Where(query.Includes));
        }

        return (found, place);
    }

    /// <summary>The agreements of these entries; one whose create died has none.</summary>
    private async Task<IReadOnlyList<Agreement>> ReadAsync(
        IEnumerable<DirectoryEntry> entries,
        CancellationToken cancellationToken
    )
    {
        var agreements = new List<Agreement>();
        foreach (var together in entries.Chunk(ReadsAtOnce))
        {
            var read = await Task.WhenAll(together.Select(it => store.FindAsync(it.Id, cancellationToken)));
            agreements.AddRange(
                read.Zip(together).Where(it => it.First is { } seen && it.Second.IsOf(seen)).Select(it => it.First!)
            );
        }

        return agreements;
    }
}
