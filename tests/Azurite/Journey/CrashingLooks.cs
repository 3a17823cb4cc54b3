using TestKit;

namespace Azurite.Tests.JourneyTests;

/// <summary>
/// A look dies before or after any of its effects; its message comes back, and every period is charged once. Guards the
/// README's promises 1 (one capture for a period), 6 (intent before request) and 20 (every live agreement has its next
/// look in hand).
/// </summary>
[Collection(AzuriteCollection.Name)]
public sealed class CrashingLooks(AzuriteFixture azurite)
{
    [Fact]
    public Task A_look_that_charges_a_new_period_may_die_anywhere() =>
        ProveAsync(
            new()
            {
                Prepare = async (world, count) => await world.TakeLooksAsync(await world.ActiveAsync(count)),
                Verify = it => it.VerifyEveryPeriodIsCharged(),
            }
        );

    [Fact]
    public Task A_look_whose_charge_is_declined_softly_may_die_anywhere_and_the_period_is_tried_once_more() =>
        ProveAsync(
            new()
            {
                Prepare = async (world, count) => await world.TakeLooksAsync(await world.BrokeAsync(count)),
                Verify = it => it.VerifyIsPaidAtTheSecondTry(),
            }
        );

    [Fact]
    public Task A_look_that_retries_a_declined_period_may_die_anywhere() =>
        ProveAsync(
            new()
            {
                Prepare = async (world, count) =>
                {
                    var subjects = await world.TakeLooksAsync(await world.BrokeAsync(count));
                    await world.HandleAsync(subjects);
                    return await world.TakeLooksAsync(subjects);
                },
                Verify = it => it.VerifyIsPaidAtTheSecondTry(),
            }
        );

    [Theory]
    [InlineData("reset")]
    [InlineData("lostResponse")]
    public Task A_look_that_reads_a_charge_back_may_die_anywhere(string firstSend) =>
        ProveAsync(
            new()
            {
                Prepare = async (world, count) =>
                {
                    var subjects = await world.TakeLooksAsync(await world.ActiveAsync(count));
                    await world.HandleAsync(subjects, firstSend);
                    return await world.TakeLooksAsync(subjects);
                },
                Verify = it => it.VerifyEveryPeriodIsCharged(),
            }
        );

    [Theory]
    [InlineData("reset")]
    [InlineData("lostResponse")]
    public Task A_look_that_reads_a_refund_back_may_die_anywhere(string firstSend) =>
        ProveAsync(
            new()
            {
                Prepare = async (world, count) =>
                {
                    var subjects = await world.ActiveAsync(count);
                    world.Break("refund", firstSend, count);
                    await subjects.ForEachAsync(it => world.RefundAsync(it));
                    return await world.TakeLooksAsync(subjects);
                },
                Verify = it =>
                {
                    it.VerifyEveryPeriodIsCharged();
                    Assert.Equal(Requests.Refunded, it.Agreement!.RefundedMinorUnits);
                },
            }
        );

    [Fact]
    public Task A_look_that_ends_a_cancelled_agreement_may_die_anywhere() =>
        ProveAsync(
            new()
            {
                Prepare = async (world, count) =>
                {
                    var subjects = await world.ActiveAsync(count);
                    await subjects.ForEachAsync(it => world.CancelAsync(it));
                    return await world.TakeLooksAsync(subjects);
                },
                Verify = it => it.VerifyHasEnded(),
            }
        );

    [Fact]
    public Task A_look_that_learns_of_the_approval_and_charges_the_first_period_may_die_anywhere() =>
        ProveAsync(
            new()
            {
                Prepare = async (world, count) =>
                {
                    var subjects = await world.CreateAsync(count);
                    world.Approve(subjects);
                    return await world.TakeLooksAsync(subjects);
                },
                Verify = it => it.VerifyEveryPeriodIsCharged(),
            }
        );

    [Fact]
    public Task A_look_that_closes_an_agreement_that_never_came_to_be_may_die_anywhere() =>
        ProveAsync(
            new()
            {
                Prepare = async (world, count) =>
                {
                    world.Break("createAgreement", "reset", count);
                    return await world.TakeLooksAsync(await world.CreateAsync(count, status: 502));
                },
                Verify = it => Assert.NotNull(it.Agreement!.Ending),
            }
        );

    [Fact]
    public Task Rearming_a_look_that_failed_five_times_may_die_anywhere() =>
        ProveAsync(
            new()
            {
                Prepare = async (world, count) =>
                    await world.PoisonAsync(await world.TakeLooksAsync(await world.ActiveAsync(count))),
                MayBeLateBy = TimeSpan.FromMinutes(15),
                Verify = it => it.VerifyEveryPeriodIsCharged(),
            }
        );

    private async Task ProveAsync(Operation operation)
    {
        using var world = await World.OpenAsync(azurite);
        await world.ProveAsync(operation);
    }
}
