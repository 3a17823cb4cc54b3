using Azure;
using Azure.Data.Tables;
using Storage;

namespace Simulation.Tests;

/// <summary>
/// The tables as a host reaches them: what becomes durable is noted, a lost first answer is followed by the SDK's
/// second try, and every answer carries storage's time.
/// </summary>
internal sealed class WitnessedTables(World world, TimeProvider hostClock) : ITables
{
    public ClockWatch? ClockWatch { get; set; }

    public async Task<TableEntity?> FindAsync(string table, RowAddress address, CancellationToken cancellationToken)
    {
        NoteTime();
        world.Oddly.Found(table, world.Stage.Current!);
        return await world.Tables.FindAsync(table, address, cancellationToken);
    }

    public async Task<IReadOnlyList<TableEntity>> RangeAsync(
        string table,
        KeyRange range,
        CancellationToken cancellationToken
    )
    {
        NoteTime();
        return await world.Tables.RangeAsync(table, range, cancellationToken);
    }

    public async Task<IReadOnlyList<ETag>> CommitAsync(
        string table,
        IReadOnlyList<RowWrite> writes,
        CancellationToken cancellationToken
    )
    {
        NoteTime();
        var repeats = world.RepeatsNextWrite;
        world.RepeatsNextWrite = false;
        var etags = await CountConflictAsync(() => world.Tables.CommitAsync(table, writes, cancellationToken));
        world.Ledger.Committed(table, writes);
        return repeats ? await world.Tables.CommitAsync(table, writes, cancellationToken) : etags;
    }

    private async Task<T> CountConflictAsync<T>(Func<Task<T>> commit)
    {
        try
        {
            return await commit();
        }
        catch (StorageConflictException)
        {
            world.Timeline.Count(Happening.ConflictAtStorage);
            throw;
        }
    }

    private void NoteTime()
    {
        if (ClockWatch is { } watch && hostClock is SimClock { Offset: var offset } && offset != watch.Skew)
        {
            watch.OnReceivedResponse(DatedMessage.Of(world.Time.Now));
        }
    }
}

/// <summary>The queues as a host reaches them.</summary>
internal sealed class WitnessedQueues(World world) : IQueues
{
    public async Task PutAsync(
        string queue,
        ReadOnlyMemory<byte> body,
        TimeSpan visibleAfter,
        CancellationToken cancellationToken
    )
    {
        var (repeats, later) = (world.RepeatsNextWrite, visibleAfter + world.DelaysNextMessage);
        (world.RepeatsNextWrite, world.DelaysNextMessage) = (false, default);
        await world.Queues.PutAsync(queue, body, later, cancellationToken);
        if (repeats)
        {
            world.Timeline.Count(Happening.MessageDoubled);
            await world.Queues.PutAsync(queue, body, visibleAfter, cancellationToken);
        }
    }

    public Task<IReadOnlyList<ReceivedMessage>> ReceiveAsync(
        string queue,
        int limit,
        TimeSpan hiddenFor,
        CancellationToken cancellationToken
    ) => world.Queues.ReceiveAsync(queue, limit, hiddenFor, cancellationToken);

    public Task<bool> DeleteAsync(string queue, ReceivedMessage message, CancellationToken cancellationToken) =>
        world.Queues.DeleteAsync(queue, message, cancellationToken);

    public Task<int> DepthAsync(string queue, CancellationToken cancellationToken) =>
        world.Queues.DepthAsync(queue, cancellationToken);
}
