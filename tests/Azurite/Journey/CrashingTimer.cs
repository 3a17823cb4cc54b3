using Flows.Looks;
using JourneyKit;
using TestKit;

namespace Azurite.Tests.JourneyTests;

/// <summary>
/// The timer dies before or after any of its effects, with wake-ups of two minutes in its hands; the next minute's
/// timer finds what is left. Guards the README's promises 1 and 20: a wake-up is put down only after its message is
/// there.
/// </summary>
[Collection(AzuriteCollection.Name)]
public sealed class CrashingTimer(AzuriteFixture azurite)
{
    [Fact]
    public async Task The_timer_may_die_anywhere()
    {
        using var world = await World.OpenAsync(azurite);
        List<Subject> all = [.. await PrepareAsync(world)];
        var recording = new RecordingWatch();
        using (var journey = world.NewJourney(recording))
        {
            await journey.Get<IssueRecurringCharges>().RunAsync(default);
        }

        foreach (var point in CrashPoint.Around(recording.Effects))
        {
            await world.Host.AdvanceAsync(TimeSpan.FromMinutes(1));
            var subjects = await PrepareAsync(world);
            all.AddRange(subjects);
            await CrashAsync(world, point);
            await AssertBatonAsync(world, point, subjects);
        }

        await world.Host.AdvanceAsync(TimeSpan.FromHours(27));
        await all.ForEachAsync(async it =>
        {
            var accounts = await Accounts.ReadAsync(world, it.Id);
            accounts.VerifyMoney();
            accounts.VerifyEveryPeriodIsCharged();
            await Baton.VerifyAsync(world, it.Id);
        });
        Assert.Empty(world.Host.Failures);
    }

    /// <summary>Two approved agreements whose first look is due in one minute, and two in the next.</summary>
    private static async Task<IReadOnlyList<Subject>> PrepareAsync(World world)
    {
        var first = await world.CreateAsync(2);
        world.Clock.AdvanceTo(world.Clock.GetUtcNow() + TimeSpan.FromMinutes(1));
        var second = await world.CreateAsync(2);
        IReadOnlyList<Subject> all = [.. first, .. second];
        world.Approve(all);
        world.Clock.AdvanceTo(world.Clock.GetUtcNow() + TimeSpan.FromMinutes(5));
        return all;
    }

    private static async Task CrashAsync(World world, CrashPoint point)
    {
        var watch = new CrashWatch(point);
        var run = world.NewJourney(watch).Get<IssueRecurringCharges>().RunAsync(default);
        Assert.True(await Task.WhenAny(run, watch.Died) != run, $"{point} was not reached");
    }

    private static async Task AssertBatonAsync(World world, CrashPoint point, IReadOnlyList<Subject> subjects)
    {
        var visible = await world.VisibleLooksAsync();
        foreach (var subject in subjects)
        {
            var isInHand = visible.Contains(subject.Id.Value) || await Baton.WhyLostAsync(world, subject.Id) is null;
            Assert.True(isInHand, $"{point}: the baton is lost");
        }
    }
}
