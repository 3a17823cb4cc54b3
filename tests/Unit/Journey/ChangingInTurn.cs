using Billing;
using Flows;
using JourneyKit;
using Storage;

namespace Unit.Tests.JourneyTests;

/// <summary>A burst about one agreement is served in turn within one process, so that nothing has to come again.</summary>
public sealed class ChangingInTurn
{
    private const int Changes = 60;

    [Fact]
    public async Task Many_changes_of_one_agreement_at_once_are_written_one_after_the_other()
    {
        using var world = new MemoryWorld();
        var id = await world.ActiveAsync();
        var watch = new Slow();
        using var worker = world.NewJourney(watch);
        var before = (await world.FindAsync(id)).Version;

        await Task.WhenAll(
            Enumerable.Range(0, Changes).Select(number => Task.Run(() => ChangeAsync(worker, id, number)))
        );

        Assert.Equal(before + Changes, (await world.FindAsync(id)).Version);
        Assert.InRange(watch.Commits, Changes, Changes + (Changes / 5)); // a second try is a rarity: one was read just before its turn
    }

    [Fact]
    public async Task Changes_of_another_agreement_wait_for_nobody()
    {
        using var world = new MemoryWorld();
        var (id, other) = (await world.ActiveAsync(), await world.ActiveAsync());
        var held = new TaskCompletionSource();
        using var worker = world.NewJourney(new Held(id, held.Task));

        var first = ChangeAsync(worker, id, 0);
        await ChangeAsync(worker, other, 1);
        Assert.False(first.IsCompleted);
        held.SetResult();
        await first;
    }

    [Fact]
    public async Task Whoever_is_held_up_holds_the_others_up_for_seconds_only()
    {
        using var world = new MemoryWorld();
        var id = await world.ActiveAsync();
        var held = new TaskCompletionSource();
        using var worker = world.NewJourney(new Held(id, held.Task));

        var first = ChangeAsync(worker, id, 0);
        var second = ChangeAsync(worker, id, 1);
        Assert.False(second.IsCompleted);
        world.Clock.AdvanceTo(world.Clock.GetUtcNow() + TimeSpan.FromSeconds(3));
        await second;
        Assert.False(first.IsCompleted);

        held.SetResult();
        world.Clock.AdvanceTo(world.Clock.GetUtcNow() + TimeSpan.FromSeconds(1));
        await first;
    }

    private static async Task ChangeAsync(Journey worker, AgreementId id, int number)
    {
        var session = (await worker.Get<AgreementStore>().OpenAsync(id, default))!;
        await worker
            .Get<AgreementChanges>()
            .ChangeAsync(
                session,
                (it, now) => Change.To(it, new Fact.NewEvent($"Ev{number}", "TYPE", now, "none", "{}"u8.ToArray())),
                default
            );
    }

    /// <summary>Everything takes a moment, as over a network.</summary>
    private sealed class Slow : IEffectWatch
    {
        private int commits;

        public int Commits => commits;

        public async Task BeforeAsync(Effect effect)
        {
            if (effect.What.Contains($"commit {StoreNames.Agreements}", StringComparison.Ordinal))
            {
                Interlocked.Increment(ref commits);
            }

            await Task.Yield();
        }

        public async Task AfterAsync(Effect effect) => await Task.Yield();
    }

    /// <summary>The first commit about an agreement is held until the test lets it go.</summary>
    private sealed class Held(AgreementId id, Task until) : IEffectWatch
    {
        private int commits;

        public Task BeforeAsync(Effect effect) =>
            effect.What.Contains($"commit {StoreNames.Agreements}", StringComparison.Ordinal)
            && id.Value.Length > 0
            && Interlocked.Increment(ref commits) is 1
                ? until
                : Task.CompletedTask;

        public Task AfterAsync(Effect effect) => Task.CompletedTask;
    }
}
