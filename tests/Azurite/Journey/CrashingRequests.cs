using Flows.Replies;
using JourneyKit;
using TestKit;

namespace Azurite.Tests.JourneyTests;

/// <summary>
/// A request of the shop dies before or after any of its effects. A shop that repeats it under its key gets its answer
/// and one effect; one that does not finds it done in full or not at all. Guards the README's promises 1, 3, 6, 10 (one
/// effect for one key), 13 (no charge after a cancel) and 20.
/// </summary>
[Collection(AzuriteCollection.Name)]
public sealed class CrashingRequests(AzuriteFixture azurite)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task A_single_charge_may_die_anywhere(bool isRepeated) =>
        ProveAsync(
            Requests.ChargeAsync,
            isRepeated,
            it =>
            {
                it.VerifyEveryPeriodIsCharged();
                Assert.InRange(
                    it.Captured.Count(charge => charge.Amount.Value is Requests.SingleCharge),
                    Least(isRepeated),
                    1
                );
            }
        );

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task A_refund_may_die_anywhere(bool isRepeated)
    {
        string? charge = null;
        return ProveAsync(
            async (journey, subject) => await Requests.RefundAsync(journey, subject, charge!),
            isRepeated,
            it =>
            {
                it.VerifyEveryPeriodIsCharged();
                Assert.InRange(it.ChargesAtPpro.Sum(at => at.Refunds.Count), Least(isRepeated), 1);
            },
            async (world, subjects) => charge = await world.FirstChargeAsync(subjects[0])
        );
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task A_cancel_may_die_anywhere(bool isRepeated) =>
        ProveAsync(
            Requests.CancelAsync,
            isRepeated,
            it =>
                DoneOrNot(
                    isRepeated,
                    it.Agreement!.Ending is not null,
                    it.VerifyHasEnded,
                    it.VerifyEveryPeriodIsCharged
                )
        );

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task A_pause_may_die_anywhere(bool isRepeated) =>
        ProveAsync(
            Requests.PauseAsync,
            isRepeated,
            it =>
                DoneOrNot(
                    isRepeated,
                    it.Agreement!.Plan.PausedAt is not null,
                    () => it.VerifyCharges(Shop.Price),
                    it.VerifyEveryPeriodIsCharged
                )
        );

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task A_resume_may_die_anywhere(bool isRepeated) =>
        ProveAsync(
            Requests.ResumeAsync,
            isRepeated,
            it =>
                DoneOrNot(
                    isRepeated,
                    it.Agreement!.Plan.PausedAt is null,
                    () => it.VerifySkips(1),
                    () => it.VerifyCharges(Shop.Price)
                ),
            async (world, subjects) =>
            {
                await subjects.ForEachAsync(it => Requests.PauseAsync(world.Journey, it));
                await world.Host.AdvanceAsync(TimeSpan.FromDays(1));
            }
        );

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task A_change_of_price_may_die_anywhere(bool isRepeated) =>
        ProveAsync(
            Requests.ChangePriceAsync,
            isRepeated,
            it =>
                DoneOrNot(
                    isRepeated,
                    it.Agreement!.Plan.Price!.MinorUnits is Requests.NewPrice,
                    () => it.VerifyCharges(Shop.Price, Requests.NewPrice, Requests.NewPrice),
                    () => it.VerifyCharges(Shop.Price, Shop.Price, Shop.Price)
                )
        );

    private async Task ProveAsync(
        Func<Journey, Subject, Task<Reply>> request,
        bool isRepeated,
        Action<Accounts> verify,
        Func<World, IReadOnlyList<Subject>, Task>? before = null
    )
    {
        using var world = await World.OpenAsync(azurite);
        await world.ProveAsync(
            new()
            {
                Prepare = async (it, count) =>
                {
                    var subjects = await it.ActiveAsync(count);
                    await (before?.Invoke(it, subjects) ?? Task.CompletedTask);
                    return subjects;
                },
                Run = async (_, journey, subject) => AssertDone(await request(journey, subject)),
                Then = (it, subjects) =>
                    isRepeated
                        ? subjects.ForEachAsync(async subject => AssertDone(await request(it.Journey, subject)))
                        : Task.CompletedTask,
                Verify = verify,
            }
        );
    }

    private static int Least(bool isRepeated) => isRepeated ? 1 : 0;

    private static void DoneOrNot(bool isRepeated, bool isDone, Action verifyDone, Action verifyNot)
    {
        Assert.True(isDone || !isRepeated, "repeated, and not done");
        (isDone ? verifyDone : verifyNot)();
    }

    private static void AssertDone(Reply reply) => Assert.InRange(reply.Status, 200, 299);
}
