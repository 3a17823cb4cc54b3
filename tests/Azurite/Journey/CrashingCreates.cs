using Flows.Replies;
using TestKit;

namespace Azurite.Tests.JourneyTests;

/// <summary>
/// A create dies before or after any of its effects, the first or a repeated one. Repeated until it is answered, it
/// makes one agreement at PPRO; never repeated, it is closed. Guards the README's promises 1, 6, 10 and 20.
/// </summary>
[Collection(AzuriteCollection.Name)]
public sealed class CrashingCreates(AzuriteFixture azurite)
{
    private static readonly string[] AllOfAgreements =
    [
        "PAYMENT_AGREEMENT_CREATED",
        "PAYMENT_AGREEMENT_AUTHENTICATION_PENDING",
        "PAYMENT_AGREEMENT_ACTIVE",
        "PAYMENT_AGREEMENT_FAILED",
    ];

    [Fact]
    public Task A_create_that_the_shop_repeats_may_die_anywhere() =>
        ProveAsync(Creating() with { Then = RepeatAndApproveAsync, Verify = it => it.VerifyEveryPeriodIsCharged() });

    [Theory]
    [InlineData("reset")]
    [InlineData("lostResponse")]
    public Task The_repeat_of_a_create_in_doubt_may_die_anywhere(string firstSend) =>
        ProveAsync(
            Creating() with
            {
                Prepare = async (world, count) =>
                {
                    world.Break("createAgreement", firstSend, count);
                    var subjects = await world.CreateAsync(count, status: 502);
                    await world.Host.AdvanceAsync(TimeSpan.FromMinutes(4));
                    return subjects;
                },
                Then = RepeatAndApproveAsync,
                Verify = it => it.VerifyEveryPeriodIsCharged(),
            }
        );

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task A_create_that_nobody_repeats_may_die_anywhere_and_is_closed(bool areEventsHeard) =>
        ProveAsync(
            Creating() with
            {
                Then = (world, _) =>
                {
                    world.LetThrough(areEventsHeard ? AllOfAgreements : []);
                    return Task.CompletedTask;
                },
                Verify = it => Assert.True(it.Agreement is null or { IsEnded: true }),
            }
        );

    private static Operation Creating() =>
        new()
        {
            Prepare = (_, count) =>
                Task.FromResult<IReadOnlyList<Subject>>([.. Shop.NewNames(count).Select(Subject.Named)]),
            Run = async (_, journey, subject) =>
                Assert.Equal(201, (await Requests.CreateAsync(journey, subject)).Status),
        };

    /// <summary>As a shop does: while a send may be on its way, it waits as it is told and asks again.</summary>
    private static async Task RepeatAndApproveAsync(World world, IReadOnlyList<Subject> subjects)
    {
        await subjects.ForEachAsync(async it => AssertDoneOrLater(await Requests.CreateAsync(world.Journey, it)));
        await world.Host.AdvanceAsync(TimeSpan.FromMinutes(4));
        await subjects.ForEachAsync(async it =>
            Assert.Equal(201, (await Requests.CreateAsync(world.Journey, it)).Status)
        );
        world.Approve(subjects);
    }

    private static void AssertDoneOrLater(Reply reply) =>
        Assert.True(reply is { Status: 201 } or { Status: 409, RetryAfter: > 0 }, $"HTTP {reply.Status}");

    private async Task ProveAsync(Operation operation)
    {
        using var world = await World.OpenAsync(azurite);
        await world.ProveAsync(operation);
    }
}
