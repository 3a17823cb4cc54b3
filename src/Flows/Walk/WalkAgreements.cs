using Microsoft.Extensions.Logging;
using Storage;

namespace Flows.Walk;

/// <summary>
/// A slice of the daily walk: every agreement in the directory is visited once a day, slowly, however few webhooks,
/// wake-ups or answers have got lost. It may run twice or die anywhere: what it noted last is where it goes on.
/// </summary>
public sealed class WalkAgreements(
    WalkStateStore states,
    DirectoryWalk directory,
    VisitAgreement visitAgreement,
    RearmCheck rearmCheck,
    TimeProvider clock,
    ILogger<WalkAgreements> logger
)
{
    private const int PerPage = 50;
    private const int SlicesPerRound = 20;
    private const int LeastPerSlice = 500;
    private static readonly TimeSpan Round = TimeSpan.FromHours(24);

    /// <summary>A slice that takes longer goes on in the next hour.</summary>
    private static readonly TimeSpan SliceTime = TimeSpan.FromMinutes(4);

    /// <summary>How many agreements were visited.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var (state, etag) = await states.LoadAsync(cancellationToken);
        var now = clock.GetUtcNow();
        if (state.FinishedAt is not null && now - state.StartedAt < Round)
        {
            return 0;
        }

        state = (state is { StartedAt: null } or { FinishedAt: not null } ? Begun(state, now) : state) with
        {
            LastSliceAt = now,
        };
        var (start, before, most) = (clock.GetTimestamp(), state.Counts.Visited, MostOf(state));
        var may = await rearmCheck.RunAsync(cancellationToken);
        while (
            state.FinishedAt is null && state.Counts.Visited - before < most && clock.GetElapsedTime(start) < SliceTime
        )
        {
            state = await VisitPageAsync(state, may, cancellationToken);
            if (await states.SaveAsync(state, etag, cancellationToken) is not { } saved)
            {
                break; // Another walk is under way: it goes on from where it is.
            }

            etag = saved;
        }

        logger.Walked(state.Counts.Visited - before, state.Counts.Rearmed, state.Counts.Unexplained);
        return state.Counts.Visited - before;
    }

    private async Task<WalkState> VisitPageAsync(WalkState state, RearmRules may, CancellationToken cancellationToken)
    {
        var entries = await directory.ListAsync(state.Place, PerPage, cancellationToken);
        if (entries.Count is 0)
        {
            return state with { FinishedAt = clock.GetUtcNow() };
        }

        var counts = state.Counts;
        foreach (var entry in entries)
        {
            counts += await VisitAsync(entry, may, cancellationToken);
        }

        return state with
        {
            Place = entries[^1].Place,
            Counts = counts,
        };
    }

    /// <summary>One that cannot be visited must not keep the others waiting; the next round comes by again.</summary>
    private async Task<WalkCounts> VisitAsync(DirectoryEntry entry, RearmRules may, CancellationToken cancellationToken)
    {
        try
        {
            return await visitAgreement.RunAsync(entry, may, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            logger.VisitFailed(e, entry.Id);
            return new() { Failed = 1 };
        }
    }

    private static WalkState Begun(WalkState last, DateTimeOffset now) =>
        new() { StartedAt = now, Before = last.StartedAt is null ? null : last.Counts };

    private static int MostOf(WalkState state) =>
        Math.Max(LeastPerSlice, (state.Before?.Visited ?? 0) / SlicesPerRound);
}
