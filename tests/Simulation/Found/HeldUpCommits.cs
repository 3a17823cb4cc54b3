using Azure;
using Azure.Data.Tables;
using Billing;
using JourneyKit;
using Microsoft.Extensions.Time.Testing;
using Storage;
using Xunit;

namespace Simulation.Tests;

/// <summary>
/// Found by the simulation: a worker that was frozen between its wake-up and its commit. The look came in between and
/// found nothing, and nobody would ever have looked at what was committed then.
/// </summary>
public sealed class HeldUpCommits
{
    private static readonly DateTimeOffset Now = new(2026, 1, 15, 1, 0, 0, TimeSpan.Zero);
    private readonly FakeTimeProvider clock = new(Now);
    private readonly AgreementId id = AgreementId.FromKey("key");

    [Theory]
    [InlineData(0, 1)]
    [InlineData(29, 1)]
    [InlineData(30, 2)]
    [InlineData(420, 2)]
    public async Task A_commit_that_was_held_up_is_waked_up_again(int seconds, int wakeUpsWritten)
    {
        var tables = new SlowTables(new(clock), clock);
        var wakeUps = new WakeUps(tables, clock);
        var store = new AgreementStore(tables, wakeUps, clock);
        var session = (await store.AddAsync(Begun(), default))!;

        tables.CommitTakes = TimeSpan.FromSeconds(seconds);
        await session.ChangeAsync(it => Change.To(it with { NextLookAt = Now.AddMinutes(3) }), default);

        Assert.Equal(wakeUpsWritten, tables.WakeUps);
        Assert.True(await wakeUps.FirstAsync(default) >= clock.GetUtcNow().AddSeconds(60) || wakeUpsWritten is 1);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(420, 2)]
    public async Task A_commit_that_was_held_up_and_whose_answer_was_lost_is_waked_up_again(
        int seconds,
        int wakeUpsWritten
    )
    {
        var tables = new SlowTables(new(clock), clock);
        var session = (await new AgreementStore(tables, new(tables, clock), clock).AddAsync(Begun(), default))!;

        (tables.CommitTakes, tables.LosesAnswer) = (TimeSpan.FromSeconds(seconds), true);
        var changing = session.ChangeAsync(LookSooner, default);
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(CommitOutcome.Unchanged, (await changing).Outcome);
        Assert.Equal(wakeUpsWritten, tables.WakeUps);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(420, 2)]
    public async Task A_create_that_was_held_up_and_whose_answer_was_lost_is_waked_up_again(
        int seconds,
        int wakeUpsWritten
    )
    {
        var tables = new SlowTables(new(clock), clock);
        var books = new PproSimulator.PproBooks(clock, new(), new Random(1));
        using var journey = new Journey(new(tables, new MemoryQueues(clock), clock, books));

        (tables.CommitTakes, tables.LosesAnswer) = (TimeSpan.FromSeconds(seconds), true);
        var body = Life.Bytes(LifePlan.RequestOf(new Random(1), null, null));
        await journey.Get<Flows.Shop.CreateAgreement>().RunAsync(body, "key", default);

        Assert.Equal(wakeUpsWritten, tables.WakeUps);
    }

    private static Change LookSooner(Agreement it) =>
        it.NextLookAt == Now.AddMinutes(3) ? Change.None(it) : Change.To(it with { NextLookAt = Now.AddMinutes(3) });

    private Change Begun()
    {
        var terms = new AgreementTerms
        {
            PaymentMethod = "KAKAOPAY",
            ConsumerName = "Kim",
            ConsumerCountry = "KR",
        };
        return Agreement.Begin(id, terms, new("key", "hash", "{}"u8.ToArray()), Now);
    }

    /// <summary>While a commit is under way, time passes, and the timer takes every wake-up that is due.</summary>
    private sealed class SlowTables(MemoryTables inner, FakeTimeProvider clock) : ITables
    {
        public TimeSpan CommitTakes { get; set; }

        /// <summary>The client's first try is done and its answer lost; what its second try hears is a conflict.</summary>
        public bool LosesAnswer { get; set; }

        public int WakeUps { get; private set; }

        public Task<TableEntity?> FindAsync(string table, RowAddress address, CancellationToken cancellationToken) =>
            inner.FindAsync(table, address, cancellationToken);

        public Task<IReadOnlyList<TableEntity>> RangeAsync(
            string table,
            KeyRange range,
            CancellationToken cancellationToken
        ) => inner.RangeAsync(table, range, cancellationToken);

        public async Task<IReadOnlyList<ETag>> CommitAsync(
            string table,
            IReadOnlyList<RowWrite> writes,
            CancellationToken cancellationToken
        )
        {
            if (table == StoreNames.WakeUps)
            {
                WakeUps += writes[0] is RowWrite.Put ? 1 : 0;
                return await inner.CommitAsync(table, writes, cancellationToken);
            }

            if (table != StoreNames.Agreements)
            {
                return await inner.CommitAsync(table, writes, cancellationToken);
            }

            clock.Advance(CommitTakes);
            var wakeUps = new WakeUps(inner, clock);
            foreach (var due in await wakeUps.DueAsync(100, cancellationToken))
            {
                await wakeUps.DeleteAsync([due], cancellationToken);
            }

            var etags = await inner.CommitAsync(table, writes, cancellationToken);
            var isLost = LosesAnswer;
            LosesAnswer = false;
            return isLost ? throw new StorageConflictException("It is there already.") : etags;
        }
    }
}
