using Azure.Data.Tables;
using Billing;
using Flows.Walk;
using JourneyKit;
using Microsoft.Extensions.DependencyInjection;
using Storage;

namespace Unit.Tests.JourneyTests;

/// <summary>
/// However many rows an agreement has, the daily visit does what it can and goes on the next day where it stopped; what
/// it cannot read whole, a person hears of (the README's promise 39).
/// </summary>
public sealed class WalkingPastManyRows : IDisposable
{
    private const int Many = 25_000;
    private const string Kept = "PAYMENT_CHARGE_CAPTURE_SUCCEEDED";
    private readonly MemoryWorld world = new();

    public void Dispose() => world.Dispose();

    [Fact]
    public async Task However_many_events_there_are_every_visit_moves_on_and_goes_on_where_it_stopped()
    {
        var id = await world.ActiveAsync();
        await AddEventsAsync(id);

        List<int> purged = [];
        for (var day = 0; day < 8; day++)
        {
            purged.Add((await WalkAsync()).PurgedEvents);
            await world.Host.AdvanceAsync(TimeSpan.FromDays(1));
        }

        Assert.Equal(Many / 2, purged.Sum());
        Assert.All(purged.Take(4), it => Assert.InRange(it, 1, 5_000));
        Assert.Equal(Many / 2, (await OldEventsAsync(id)).Count);
        Assert.All(await OldEventsAsync(id), row => Assert.Equal(Kept, row.GetString("Type")));
        Assert.Empty(await world.Get<ExceptionList>().ListAsync(null, 10, default));
    }

    [Fact]
    public async Task What_is_over_is_visited_daily_until_its_old_events_are_gone()
    {
        var id = await world.ActiveAsync();
        await AddEventsAsync(id);
        world.Books.EndFromOutside(world.AtPpro(id).Id, byConsumer: true);
        await world.Host.AdvanceAsync(TimeSpan.FromDays(4));

        var purged = 0;
        for (var day = 0; day < 8; day++)
        {
            purged += (await WalkAsync()).PurgedEvents;
            await world.Host.AdvanceAsync(TimeSpan.FromDays(1));
        }

        Assert.Equal(Many / 2, purged);
    }

    [Fact]
    public async Task What_another_hand_has_deleted_meanwhile_does_not_fail_the_visit()
    {
        var id = await world.ActiveAsync();
        await AddEventsAsync(id, 250);
        using var other = world.NewJourney(new DeletesFirst(world, id));

        var counts = await WalkAsync(other);

        Assert.Equal((0, 25), (counts.Failed, counts.PurgedEvents));
        await world.Host.AdvanceAsync(TimeSpan.FromDays(1));
        await WalkAsync();
        Assert.All(await OldEventsAsync(id), row => Assert.Equal(Kept, row.GetString("Type")));
    }

    [Theory]
    [InlineData("money-", "sums")]
    [InlineData("charge-", "rows")]
    [InlineData("refund-", "rows")]
    public async Task More_rows_than_can_be_read_whole_are_a_finding_and_fail_nothing(string prefix, string subject)
    {
        var id = await world.ActiveAsync();
        using var journey = world.NewJourney(
            new NoWatch(),
            it => it.AddSingleton(new AgreementLedger(world.Tables) { MaxRows = 3_000 })
        );
        await CopyAsync(id, prefix, 3_000);

        var counts = await WalkAsync(journey);

        Assert.Equal(0, counts.Failed);
        var found = (await journey.Get<ExceptionList>().ListAsync(null, 10, default)).Single(it =>
            it.Subject == subject
        );
        Assert.Contains("more than 3000", found.Reason, StringComparison.Ordinal);
        Assert.Contains(prefix, found.Reason, StringComparison.Ordinal);
        await world.Host.AdvanceAsync(TimeSpan.FromDays(1));
        Assert.Empty(world.Host.Failures);
    }

    private async Task<WalkCounts> WalkAsync(Journey? journey = null)
    {
        await (journey ?? world.Journey).Get<WalkAgreements>().RunAsync(default);
        var counts = (await world.Get<WalkStateStore>().LoadAsync(default)).State.Counts;
        Assert.Equal((1, 0), (counts.Visited, counts.Failed));
        return counts;
    }

    /// <summary>Old events, one half of which tells of money.</summary>
    private async Task AddEventsAsync(AgreementId id, int count = Many)
    {
        var at = world.Clock.GetUtcNow().AddDays(-500);
        var rows = Enumerable
            .Range(0, count)
            .Select(it => new Fact.NewEvent(
                $"Ev-old-{it:D6}",
                it % 2 is 0 ? Kept : "PAYMENT_AGREEMENT_UPDATED",
                at,
                string.Empty,
                default
            ));
        foreach (var together in rows.Chunk(100))
        {
            await world.Tables.CommitAsync(
                StoreNames.Agreements,
                [.. together.Select(it => FactRows.WriteOf(id, it))],
                default
            );
        }
    }

    private async Task<IReadOnlyList<TableEntity>> OldEventsAsync(AgreementId id) =>
        await world.Tables.RangeAsync(
            StoreNames.Agreements,
            KeyRange.Prefix(id.Value, Keys.Event("Ev-old-"), int.MaxValue),
            default
        );

    /// <summary>The first row of this kind so many times more, under other keys of the kind.</summary>
    private async Task CopyAsync(AgreementId id, string prefix, int count)
    {
        if (prefix is "refund-")
        {
            var charge = world.ChargesAtPpro(id).Single();
            world.Books.RefundBehindOurBack(charge.Id, 100, "portal");
            await world.Host.SettleAsync();
        }

        var first = (
            await world.Tables.RangeAsync(StoreNames.Agreements, KeyRange.Prefix(id.Value, prefix, 1), default)
        ).Single();
        foreach (var together in Enumerable.Range(0, count).Chunk(100))
        {
            var writes = together.Select(it => new RowWrite.Put(
                new(first) { RowKey = $"{first.RowKey}-{it:D5}", PartitionKey = id.Value }
            ));
            await world.Tables.CommitAsync(StoreNames.Agreements, [.. writes], default);
        }
    }

    /// <summary>At the first delete of the visit, one of the rows of its first hundred is gone already.</summary>
    private sealed class DeletesFirst(MemoryWorld world, AgreementId id) : IEffectWatch
    {
        private bool isDone;

        public async Task BeforeAsync(Effect effect)
        {
            if (isDone || effect.What is not "commit agreements")
            {
                return;
            }

            isDone = true;
            var key = new RowAddress(id.Value, Keys.Event("Ev-old-000001"));
            var row = (await world.Tables.FindAsync(StoreNames.Agreements, key, default))!;
            await world.Tables.CommitAsync(StoreNames.Agreements, [new RowWrite.Delete(row, row.ETag)], default);
        }

        public Task AfterAsync(Effect effect) => Task.CompletedTask;
    }
}
