using Billing;
using Flows.Events;
using Flows.Looks;
using Flows.Walk;
using JourneyKit;
using Storage;

namespace Unit.Tests.JourneyTests;

/// <summary>
/// No function listens to the poison queues. What lies there is emptied by the timer, with our own client, and nothing
/// is lost (the README's promises 20, 25).
/// </summary>
public sealed class EmptyingPoison
{
    private static readonly TimeSpan Old = EmptyPoisonQueues.OlderThan + TimeSpan.FromMinutes(1);

    [Fact]
    public async Task An_event_that_always_fails_is_found_in_quarantine()
    {
        using var world = new MemoryWorld();
        await PoisonAsync(world, StoreNames.PproEvents, NewEvent(world));

        var emptied = await EmptyAsync(world);

        Assert.Equal(1, emptied);
        Assert.Equal("Ev1", Assert.Single(await world.QuarantinedAsync()).EventId);
        Assert.Equal(0, await world.Queues.DepthAsync(StoreNames.PproEventsPoison, default));
    }

    [Fact]
    public async Task An_event_that_can_be_applied_now_is_applied()
    {
        using var world = new MemoryWorld();
        var id = await world.ActiveAsync();
        await PoisonAsync(world, StoreNames.PproEvents, Revocation(world, id));

        await EmptyAsync(world);

        Assert.Equal(AgreementStatus.RevokedByConsumer, (await world.FindAsync(id)).Status);
        Assert.Empty(await world.QuarantinedAsync());
    }

    [Fact]
    public async Task A_look_that_always_fails_is_armed_again()
    {
        using var world = new MemoryWorld();
        var id = await world.ActiveAsync();
        await TakeAwayWakeUpsAsync(world);
        await PoisonAsync(world, StoreNames.DueAgreements, LookMessage.Of(id));

        await EmptyAsync(world);
        await world.Host.AdvanceAsync(TimeSpan.FromDays(2));

        Assert.Equal(3, world.ChargesAtPpro(id).Count);
    }

    [Fact]
    public async Task The_timer_takes_them_every_five_minutes_whatever_becomes_of_the_looks()
    {
        using var world = new MemoryWorld();
        await PoisonAsync(world, StoreNames.PproEvents, NewEvent(world));
        using var broken = world.NewJourney(new BrokenWatch("range wakeups"));
        world.Clock.AdvanceTo(EveryMinute.PoisonTimeAfter(world.Clock.GetUtcNow()).AddMinutes(4));

        await Assert.ThrowsAsync<IOException>(() => broken.Get<EveryMinute>().RunAsync(default));
        Assert.Empty(await world.QuarantinedAsync());
        world.Clock.AdvanceTo(world.Clock.GetUtcNow() + TimeSpan.FromMinutes(1));
        await Assert.ThrowsAsync<IOException>(() => broken.Get<EveryMinute>().RunAsync(default));

        Assert.Single(await world.QuarantinedAsync());
    }

    [Fact]
    public async Task Younger_messages_are_left_alone()
    {
        using var world = new MemoryWorld();
        await world.Queues.PutAsync(StoreNames.PproEventsPoison, NewEvent(world), TimeSpan.Zero, default);
        await world.Queues.PutAsync(StoreNames.DueAgreementsPoison, "?"u8.ToArray(), TimeSpan.Zero, default);
        world.Clock.AdvanceTo(world.Clock.GetUtcNow() + EmptyPoisonQueues.OlderThan);

        Assert.Equal(0, await EmptyAsync(world));
        Assert.Equal(1, await world.Queues.DepthAsync(StoreNames.PproEventsPoison, default));
        Assert.Equal(1, await world.Queues.DepthAsync(StoreNames.DueAgreementsPoison, default));
        Assert.Empty(await world.QuarantinedAsync());
    }

    [Fact]
    public async Task While_storage_fails_a_message_stays_and_does_not_stop_the_others()
    {
        using var world = new MemoryWorld();
        var id = await world.ActiveAsync();
        await PoisonAsync(world, StoreNames.PproEvents, NewEvent(world));
        await PoisonAsync(world, StoreNames.PproEvents, Revocation(world, id));

        using var broken = world.NewJourney(new BrokenWatch("commit quarantine"));
        Assert.Equal(1, await broken.Get<EmptyPoisonQueues>().RunAsync(default));
        Assert.Equal(AgreementStatus.RevokedByConsumer, (await world.FindAsync(id)).Status);
        world.Clock.AdvanceTo(world.Clock.GetUtcNow() + Old);
        Assert.Equal(1, await EmptyAsync(world));

        Assert.Single(await world.QuarantinedAsync());
    }

    [Fact]
    public async Task One_run_is_bounded_and_the_next_goes_on()
    {
        using var world = new MemoryWorld();
        foreach (var number in Enumerable.Range(0, 450))
        {
            await world.Queues.PutAsync(
                StoreNames.PproEventsPoison,
                NewEvent(world, $"Ev{number}"),
                TimeSpan.Zero,
                default
            );
        }

        world.Clock.AdvanceTo(world.Clock.GetUtcNow() + Old);

        Assert.Equal(200, await EmptyAsync(world));
        Assert.Equal(200, await EmptyAsync(world));
        Assert.Equal(50, await EmptyAsync(world));
        Assert.Equal(450, (await world.QuarantinedAsync()).Count);
    }

    [Fact]
    public async Task Emptying_may_die_anywhere()
    {
        foreach (var point in CrashPoint.Around(await RecordAsync()))
        {
            using var world = new MemoryWorld();
            var id = await LeaveBothAsync(world);
            var watch = new CrashWatch(point);
            var run = world.NewJourney(watch).Get<EmptyPoisonQueues>().RunAsync(default);
            Assert.True(await Task.WhenAny(run, watch.Died) != run, $"{point} was not reached");

            world.Clock.AdvanceTo(world.Clock.GetUtcNow() + TimeSpan.FromHours(1));
            await EmptyAsync(world);
            await world.Host.AdvanceAsync(TimeSpan.FromDays(2));

            Assert.True(world.ChargesAtPpro(id).Count is 3, $"{point}: the look is lost");
            Assert.True((await world.QuarantinedAsync()).Count is 1, $"{point}: the event is lost");
            Assert.Equal(0, await world.Queues.DepthAsync(StoreNames.PproEventsPoison, default));
            Assert.Equal(0, await world.Queues.DepthAsync(StoreNames.DueAgreementsPoison, default));
        }
    }

    private static async Task<IReadOnlyList<Effect>> RecordAsync()
    {
        using var world = new MemoryWorld();
        await LeaveBothAsync(world);
        var watch = new RecordingWatch();
        await world.NewJourney(watch).Get<EmptyPoisonQueues>().RunAsync(default);
        Assert.Equal(2, watch.Effects.Count(it => it.What.StartsWith("delete", StringComparison.Ordinal)));
        return watch.Effects;
    }

    /// <summary>A look, whose agreement has no other, and a strange event.</summary>
    private static async Task<AgreementId> LeaveBothAsync(MemoryWorld world)
    {
        var id = await world.ActiveAsync();
        await TakeAwayWakeUpsAsync(world);
        await PoisonAsync(world, StoreNames.DueAgreements, LookMessage.Of(id));
        await PoisonAsync(world, StoreNames.PproEvents, NewEvent(world));
        return id;
    }

    /// <summary>A process whose every use of tables fails gets the message five times.</summary>
    private static async Task PoisonAsync(MemoryWorld world, string queue, ReadOnlyMemory<byte> message)
    {
        await world.Queues.PutAsync(queue, message, TimeSpan.Zero, default);
        await FailAsync(world, queue, 5, new BrokenWatch("find", "range", "commit"));
        world.Clock.AdvanceTo(world.Clock.GetUtcNow() + Old);
    }

    private static async Task FailAsync(MemoryWorld world, string queue, int times, BrokenWatch watch)
    {
        using var broken = world.NewJourney(watch);
        var worker = new QueueWorker(broken, world.ShowAgainAsync);
        for (var time = 0; time < times; time++)
        {
            Assert.NotNull(await worker.HandleAsync(queue, (await worker.ReceiveAsync(queue))[0]));
        }
    }

    private static async Task TakeAwayWakeUpsAsync(MemoryWorld world)
    {
        var wakeUps = await world.Tables.RangeAsync(StoreNames.WakeUps, new("0", "9", 100), default);
        foreach (var row in wakeUps)
        {
            await world.Tables.CommitAsync(StoreNames.WakeUps, [new RowWrite.Delete(row, row.ETag)], default);
        }

        Assert.NotEmpty(wakeUps);
    }

    private static ReadOnlyMemory<byte> NewEvent(MemoryWorld world, string id = "Ev1") =>
        new QueuedEvent(
            world.Clock.GetUtcNow(),
            world.EventBody("SOMETHING_NEW", "report_1", "\"reportId\":\"report_1\"", id)
        ).ToMessage();

    private static ReadOnlyMemory<byte> Revocation(MemoryWorld world, AgreementId id) =>
        new QueuedEvent(
            world.Clock.GetUtcNow(),
            world.EventBody(
                "PAYMENT_AGREEMENT_REVOKED_BY_CONSUMER",
                world.AtPpro(id).Id,
                $"\"merchantPaymentAgreementReference\":\"{id}\""
            )
        ).ToMessage();

    private static Task<int> EmptyAsync(MemoryWorld world) => world.Get<EmptyPoisonQueues>().RunAsync(default);

    /// <summary>Effects of these kinds fail, whatever is tried.</summary>
    private sealed class BrokenWatch(params string[] what) : IEffectWatch
    {
        public Task BeforeAsync(Effect effect) =>
            effect.Kind is not EffectKind.Ppro && what.Any(it => effect.What.StartsWith(it, StringComparison.Ordinal))
                ? throw new IOException($"{effect.What} fails")
                : Task.CompletedTask;

        public Task AfterAsync(Effect effect) => Task.CompletedTask;
    }
}
