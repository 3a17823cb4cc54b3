using Flows.Replies;
using JourneyKit;
using TestKit;

namespace Azurite.Tests.JourneyTests;

/// <summary>
/// A period by hand, retried or skipped, dies before or after any of its effects. Guards the README's promises 1, 2 (no
/// attempt beside one that may still capture), 10 and 20.
/// </summary>
[Collection(AzuriteCollection.Name)]
public sealed class CrashingPeriods(AzuriteFixture azurite)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task A_retry_of_a_declined_period_may_die_anywhere(bool isRepeated) =>
        ProveAsync(DeclinedAsync, Requests.RetryAsync, isRepeated, it => it.VerifyIsPaidAtTheSecondTry());

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task A_skip_of_the_next_period_may_die_anywhere(bool isRepeated) =>
        ProveAsync(
            async (world, count) => await AboutTheSecondPeriodAsync(world, await world.ActiveAsync(count)),
            Requests.SkipAsync,
            isRepeated,
            it => it.VerifySkips(isRepeated ? 1 : it.Skips.Count)
        );

    private static async Task<IReadOnlyList<Subject>> DeclinedAsync(World world, int count)
    {
        var subjects = await world.TakeLooksAsync(await world.BrokeAsync(count));
        await world.HandleAsync(subjects);
        return await AboutTheSecondPeriodAsync(world, subjects);
    }

    private static async Task<IReadOnlyList<Subject>> AboutTheSecondPeriodAsync(
        World world,
        IReadOnlyList<Subject> subjects
    )
    {
        var schedule = (await world.FindAsync(subjects[0].Id))!.Plan.Schedule!;
        return [.. subjects.Select(it => it with { InHand = null, Period = schedule.Period(1).Name })];
    }

    private async Task ProveAsync(
        Func<World, int, Task<IReadOnlyList<Subject>>> prepare,
        Func<Journey, Subject, Task<Reply>> request,
        bool isRepeated,
        Action<Accounts> verify
    )
    {
        using var world = await World.OpenAsync(azurite);
        await world.ProveAsync(
            new()
            {
                Prepare = prepare,
                Run = async (_, journey, subject) => AssertDone(await request(journey, subject)),
                Then = (it, subjects) =>
                    isRepeated
                        ? subjects.ForEachAsync(async subject => AssertDone(await request(it.Journey, subject)))
                        : Task.CompletedTask,
                Verify = verify,
            }
        );
    }

    private static void AssertDone(Reply reply) => Assert.InRange(reply.Status, 200, 299);
}
