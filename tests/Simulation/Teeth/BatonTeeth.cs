using Azure;
using Microsoft.Extensions.DependencyInjection;
using Storage;

namespace Simulation.Tests;

/// <summary>The timer deletes the wake-ups, and only then puts the messages.</summary>
internal sealed class TimerDeletesBeforeItPuts : TableTooth
{
    private readonly Dictionary<Actor, List<Func<Task>>> puts = [];

    public override void Plant(World world, IServiceCollection services)
    {
        base.Plant(world, services);
        Replace<IQueues>(services, inner => new Queues(this, world, inner));
    }

    protected override async Task<IReadOnlyList<ETag>> CommitAsync(
        World world,
        ITables inner,
        string table,
        IReadOnlyList<RowWrite> writes
    )
    {
        var actor = world.Stage.Current!;
        var etags = await inner.CommitAsync(table, writes, default);
        if (puts.Remove(actor, out var waiting))
        {
            foreach (var put in waiting)
            {
                await put();
            }
        }

        return etags;
    }

    private sealed class Queues(TimerDeletesBeforeItPuts tooth, World world, IQueues inner) : IQueues
    {
        public Task PutAsync(
            string queue,
            ReadOnlyMemory<byte> body,
            TimeSpan visibleAfter,
            CancellationToken cancellationToken
        )
        {
            if (queue is not StoreNames.DueAgreements)
            {
                return inner.PutAsync(queue, body, visibleAfter, cancellationToken);
            }

            var actor = world.Stage.Current!;
            if (!tooth.puts.TryGetValue(actor, out var waiting))
            {
                tooth.puts[actor] = waiting = [];
            }

            waiting.Add(() => inner.PutAsync(queue, body, visibleAfter, default));
            return Task.CompletedTask;
        }

        public Task<IReadOnlyList<ReceivedMessage>> ReceiveAsync(
            string queue,
            int limit,
            TimeSpan hiddenFor,
            CancellationToken cancellationToken
        ) => inner.ReceiveAsync(queue, limit, hiddenFor, cancellationToken);

        public Task<bool> DeleteAsync(string queue, ReceivedMessage message, CancellationToken cancellationToken) =>
            inner.DeleteAsync(queue, message, cancellationToken);

        public Task<int> DepthAsync(string queue, CancellationToken cancellationToken) =>
            inner.DepthAsync(queue, cancellationToken);
    }
}

/// <summary>The look's message is done while its next wake-up is still being written.</summary>
internal sealed class LookFinishesBeforeItsSuccessor : TableTooth
{
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(5);

    protected override Task<IReadOnlyList<ETag>> CommitAsync(
        World world,
        ITables inner,
        string table,
        IReadOnlyList<RowWrite> writes
    )
    {
        var actor = world.Stage.Current!;
        if (table is not StoreNames.WakeUps || !actor.Name.Contains(" look ", StringComparison.Ordinal))
        {
            return inner.CommitAsync(table, writes, default);
        }

        var later = actor.Host!.NewActor("successor");
        world.Time.After(
            Later,
            () => world.Stage.Start(later, () => inner.CommitAsync(table, writes, default), _ => { })
        );
        return Task.FromResult<IReadOnlyList<ETag>>([default]);
    }
}

/// <summary>A look that failed too often is forgotten.</summary>
internal sealed class PoisonNotRearmed : Tooth
{
    public override void Plant(World world, IServiceCollection services) =>
        Replace<IQueues>(services, inner => new Queues(inner));

    private sealed class Queues(IQueues inner) : IQueues
    {
        public Task PutAsync(
            string queue,
            ReadOnlyMemory<byte> body,
            TimeSpan visibleAfter,
            CancellationToken cancellationToken
        ) => inner.PutAsync(queue, body, visibleAfter, cancellationToken);

        public async Task<IReadOnlyList<ReceivedMessage>> ReceiveAsync(
            string queue,
            int limit,
            TimeSpan hiddenFor,
            CancellationToken cancellationToken
        )
        {
            var messages = await inner.ReceiveAsync(queue, limit, hiddenFor, cancellationToken);
            if (queue is not StoreNames.DueAgreementsPoison)
            {
                return messages;
            }

            foreach (var message in messages)
            {
                await inner.DeleteAsync(queue, message, cancellationToken);
            }

            return [];
        }

        public Task<bool> DeleteAsync(string queue, ReceivedMessage message, CancellationToken cancellationToken) =>
            inner.DeleteAsync(queue, message, cancellationToken);

        public Task<int> DepthAsync(string queue, CancellationToken cancellationToken) =>
            inner.DepthAsync(queue, cancellationToken);
    }
}
