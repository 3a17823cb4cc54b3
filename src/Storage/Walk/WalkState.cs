using Azure;
using Azure.Data.Tables;

namespace Storage;

/// <summary>How far the walk has come: one row. Of two walks at once, the later writer stops.</summary>
public sealed class WalkStateStore(ITables tables)
{
    private const string Partition = "walk";
    private const string Row = "round";

    public async Task<(WalkState State, ETag? ETag)> LoadAsync(CancellationToken cancellationToken) =>
        await tables.FindAsync(StoreNames.Control, new(Partition, Row), cancellationToken) is { } row
            ? (Read(row), row.ETag)
            : (WalkState.Untouched, null);

    /// <summary>The new ETag; null when another walk wrote meanwhile: then this one stops.</summary>
    public async Task<ETag?> SaveAsync(WalkState state, ETag? known, CancellationToken cancellationToken)
    {
        var row = RowColumns.Row(Partition, Row);
        row.PutJson("State", state, StorageJson.Default.WalkState);
        try
        {
            RowWrite write = known is { } etag ? new RowWrite.Replace(row, etag) : new RowWrite.Insert(row);
            return (await tables.CommitAsync(StoreNames.Control, [write], cancellationToken))[0];
        }
        catch (StorageConflictException)
        {
            return null;
        }
    }

    private static WalkState Read(TableEntity row) => row.Checked().GetJson("State", StorageJson.Default.WalkState);
}

/// <summary>The round under way, or the last one.</summary>
public sealed record WalkState
{
    public static WalkState Untouched { get; } = new();

    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Null while the round is under way.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>The last entry that was visited; null at the start.</summary>
    public DirectoryPlace? Place { get; init; }

    /// <summary>Counted in this round.</summary>
    public WalkCounts Counts { get; init; } = new();

    /// <summary>The counts of the round before.</summary>
    public WalkCounts? Before { get; init; }

    public DateTimeOffset? LastSliceAt { get; init; }
}

/// <summary>What the walk found and did.</summary>
public sealed record WalkCounts
{
    public int Visited { get; init; }

    /// <summary>Agreements whose next look nobody held: should be 0.</summary>
    public int Rearmed { get; init; }

    public int Orphans { get; init; }

    public int Compared { get; init; }

    /// <summary>Could not be visited or compared now: they are tried again with the next round.</summary>
    public int Failed { get; init; }

    public int Matched { get; init; }

    public int Explained { get; init; }

    public int Unexplained { get; init; }

    public int PurgedEvents { get; init; }

    public static WalkCounts operator +(WalkCounts one, WalkCounts other) =>
        new()
        {
            Visited = one.Visited + other.Visited,
            Rearmed = one.Rearmed + other.Rearmed,
            Orphans = one.Orphans + other.Orphans,
            Compared = one.Compared + other.Compared,
            Failed = one.Failed + other.Failed,
            Matched = one.Matched + other.Matched,
            Explained = one.Explained + other.Explained,
            Unexplained = one.Unexplained + other.Unexplained,
            PurgedEvents = one.PurgedEvents + other.PurgedEvents,
        };
}
