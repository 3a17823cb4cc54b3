using Azure.Data.Tables;
using Billing;
using Flows.Looks;
using Flows.Shop;
using JourneyKit;
using Storage;

namespace Unit.Tests.JourneyTests;

/// <summary>A step that throws is left; the agreement's other steps go on, and after some looks a person is called.</summary>
public sealed class LeavingAStepThatFails
{
    [Fact]
    public async Task An_attempt_whose_bytes_are_lost_holds_up_no_other_charge()
    {
        using var world = new MemoryWorld();
        var id = await world.ActiveAsync();
        world.Break("charge", "429", 1);
        var body = """{"amount":{"value":100,"currency":"KRW"}}"""u8.ToArray();
        await world.Get<CreateCharge>().RunAsync(id.Value, body, "single", default);
        var key = (await world.FindAsync(id)).Open.Single(it => it.IsUnsent).Key;
        await LoseBodyAsync(world, id, key);

        await world.Host.AdvanceAsync(TimeSpan.FromHours(25));

        var agreement = await world.FindAsync(id);
        Assert.Equal(2, world.ChargesAtPpro(id).Count(it => it.Reference!.Contains("-2026", StringComparison.Ordinal)));
        var entry = Assert.Single(await world.ExceptionsAsync());
        Assert.Equal((id, $"step: read back {key}", false), (entry.Agreement, entry.Subject, entry.StopsCharging));
        Assert.Contains("fails again and again", entry.Reason, StringComparison.Ordinal);
        Assert.Empty(world.Host.Failures);
    }

    [Fact]
    public async Task A_step_that_goes_well_again_is_like_any_other()
    {
        using var world = new MemoryWorld();
        var id = await world.ActiveAsync();
        world.Break("charge", "429", 1);
        var body = """{"amount":{"value":100,"currency":"KRW"}}"""u8.ToArray();
        await world.Get<CreateCharge>().RunAsync(id.Value, body, "single", default);
        var key = (await world.FindAsync(id)).Open.Single(it => it.IsUnsent).Key;
        var lost = await LoseBodyAsync(world, id, key);
        await world.Host.AdvanceAsync(TimeSpan.FromMinutes(20));
        Assert.Contains((await world.FindAsync(id)).Stuck, it => it.Step == $"read back {key}");

        await PutBackAsync(world, id, key, lost);
        await world.Host.AdvanceAsync(TimeSpan.FromHours(2));

        var agreement = await world.FindAsync(id);
        Assert.DoesNotContain(agreement.Stuck, it => it.Step == $"read back {key}");
        Assert.Equal(MemoryWorld.Price + 100, agreement.CapturedMinorUnits);
    }

    [Fact]
    public async Task While_storage_is_away_no_step_is_at_fault_and_the_look_comes_again()
    {
        using var world = new MemoryWorld();
        var id = await world.ActiveAsync();
        using var worker = world.NewJourney(new Away());

        await Assert.ThrowsAsync<Azure.RequestFailedException>(() =>
            worker.Get<LookAtAgreement>().RunAsync(LookMessage.Of(id), default)
        );

        Assert.Empty((await world.FindAsync(id)).Stuck);
    }

    private static async Task<TableEntity> LoseBodyAsync(MemoryWorld world, AgreementId id, string key)
    {
        var row = (await RowAsync(world, id, key))!;
        var lost = new TableEntity(row.Where(it => it.Key.Contains("Body", StringComparison.Ordinal)).ToDictionary());
        foreach (var name in lost.Keys)
        {
            row.Remove(name);
        }

        Assert.NotEmpty(lost);
        await world.Tables.CommitAsync(StoreNames.Agreements, [new RowWrite.Put(row)], default);
        return lost;
    }

    private static async Task PutBackAsync(MemoryWorld world, AgreementId id, string key, TableEntity lost)
    {
        var row = (await RowAsync(world, id, key))!;
        foreach (var (name, value) in lost)
        {
            row[name] = value;
        }

        await world.Tables.CommitAsync(StoreNames.Agreements, [new RowWrite.Put(row)], default);
    }

    private static Task<TableEntity?> RowAsync(MemoryWorld world, AgreementId id, string key) =>
        world.Tables.FindAsync(StoreNames.Agreements, new(id.Value, Keys.Charge(key)), default);

    /// <summary>Storage answers reads and no writes.</summary>
    private sealed class Away : IEffectWatch
    {
        public Task BeforeAsync(Effect effect) =>
            effect.What.StartsWith("commit", StringComparison.Ordinal)
                ? throw new Azure.RequestFailedException(503, "Storage is not there.")
                : Task.CompletedTask;

        public Task AfterAsync(Effect effect) => Task.CompletedTask;
    }
}
