using Billing;
using Flows.Sending;
using Flows.Shop;
using JourneyKit;
using Storage;

namespace Unit.Tests.JourneyTests;

/// <summary>Charging stops by itself when something of ours is wrong, and for nothing that is one agreement's.</summary>
public sealed class StoppingByItself
{
    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task Wrong_credentials_stop_all_charging_until_a_read_succeeds_and_nothing_is_lost(int status)
    {
        using var world = new MemoryWorld();
        var ids = await world.ActiveAsync(4);
        world.Books.Refuse(status, TimeSpan.FromHours(26), readsToo: true);

        await world.Host.AdvanceAsync(TimeSpan.FromHours(25));
        Assert.Equal((true, "service"), ((await world.StopAsync())!.IsAutomatic, (await world.StopAsync())!.By));
        await world.Host.AdvanceAsync(TimeSpan.FromHours(3));

        Assert.Null(await world.StopAsync());
        Assert.Empty(await world.ExceptionsAsync());
        Assert.All(ids, id => Assert.Equal(2, world.ChargesAtPpro(id).Count(it => it.IsCaptured)));
    }

    [Theory]
    [InlineData(401, false)]
    [InlineData(403, false)]
    [InlineData(403, true)]
    public async Task One_agreement_that_PPRO_refuses_is_an_exception_and_stops_nobody_else(int status, bool readsToo)
    {
        using var world = new MemoryWorld();
        var ids = await world.ActiveAsync(3);
        var refused = ids[1];
        world.Books.Refuse(status, TimeSpan.FromHours(25), world.AtPpro(refused).Id, readsToo);

        await world.Host.AdvanceAsync(TimeSpan.FromHours(25));

        Assert.Null(await world.StopAsync());
        Assert.Empty(await world.Get<OperatorActions>().ListAsync(OperatorActions.Charging, 9, default));
        var entry = Assert.Single(await world.ExceptionsAsync());
        Assert.Equal((refused, true), (entry.Agreement, entry.StopsCharging));
        Assert.All(ids, id => Assert.Equal(id == refused ? 1 : 2, world.ChargesAtPpro(id).Count));
        await world.CloseAsync(entry);
        await world.Host.AdvanceAsync(TimeSpan.FromHours(1));
        Assert.Equal(2, world.ChargesAtPpro(refused).Count(it => it.IsCaptured));
    }

    [Fact]
    public async Task A_request_that_is_wrong_for_everyone_stops_charging_after_three_and_the_current_period_is_charged_after_the_correction()
    {
        using var world = new MemoryWorld();
        var ids = await world.ActiveAsync(40);
        world.Books.Refuse(400, TimeSpan.FromHours(28));

        await world.Host.AdvanceAsync(TimeSpan.FromHours(26));
        var stop = await world.StopAsync();
        Assert.Contains("refuse", stop!.Reason, StringComparison.Ordinal);
        var refused = await world.ExceptionsAsync();
        Assert.InRange(refused.Count, 3, 25); // those that were on their way, and one for each trial since
        Assert.All(refused, it => Assert.Contains("HTTP 400", it.Reason, StringComparison.Ordinal));

        await world.Host.AdvanceAsync(TimeSpan.FromHours(6));
        Assert.Null(await world.StopAsync());
        foreach (var entry in await world.ExceptionsAsync())
        {
            await world.CloseAsync(entry);
        }

        await world.Host.AdvanceAsync(TimeSpan.FromHours(2));
        Assert.All(ids, id => Assert.Equal(2, world.ChargesAtPpro(id).Count(it => it.IsCaptured)));
        Assert.Equal(0, (await world.Get<ChargingControlStore>().FindAsync(default)).RefusalStops);
    }

    [Fact]
    public async Task What_a_shop_asks_wrongly_again_and_again_stops_nobody()
    {
        using var world = new MemoryWorld();
        var ids = await world.ActiveAsync(5);
        world.Books.Refuse(400, TimeSpan.FromMinutes(1));

        foreach (var (number, id) in ids.Index())
        {
            var body = """{"amount":{"value":100,"currency":"KRW"}}"""u8.ToArray();
            await world.Get<CreateCharge>().RunAsync(id.Value, body, $"key-{number}", default);
        }

        Assert.Null(await world.StopAsync());
        Assert.Empty(await world.ExceptionsAsync());
    }

    [Fact]
    public async Task Recovery_never_lifts_a_stop_that_a_person_sets_while_it_asks()
    {
        using var world = new MemoryWorld();
        var store = world.Get<ChargingControlStore>();
        await store.ChangeAsync(it => it.StopBySelf("HTTP 401", world.Clock.GetUtcNow()), null, default);
        await world.Host.AdvanceAsync(TimeSpan.FromMinutes(1));
        world.Clock.AdvanceTo(world.Clock.GetUtcNow() + TimeSpan.FromMinutes(5));
        var person = new ChargingStop(world.Clock.GetUtcNow(), "kim", "a bad deployment", IsAutomatic: false);
        using var worker = world.NewJourney(
            new Beside(EffectKind.Ppro, () => store.ChangeAsync(it => it.StopBy(person), null, default))
        );

        await worker.Get<AutomaticStop>().RecoverAsync(default);

        Assert.Equal(person, await world.StopAsync());
    }

    [Fact]
    public async Task What_stopped_and_started_by_itself_is_written_down()
    {
        using var world = new MemoryWorld();
        await world.ActiveAsync(1);
        world.Books.Refuse(401, TimeSpan.FromHours(26), readsToo: true);

        await world.Host.AdvanceAsync(TimeSpan.FromHours(28));

        var actions = await world.Get<OperatorActions>().ListAsync(OperatorActions.Charging, 9, default);
        Assert.Equal([("start", "service"), ("stop", "service")], actions.Select(it => (it.Action, it.Actor)));
    }

    /// <summary>Does this beside the first effect of a kind.</summary>
    private sealed class Beside(EffectKind kind, Func<Task> act) : IEffectWatch
    {
        private bool isDone;

        public async Task BeforeAsync(Effect effect)
        {
            if (effect.Kind == kind && !isDone)
            {
                isDone = true;
                await act();
            }
        }

        public Task AfterAsync(Effect effect) => Task.CompletedTask;
    }
}
