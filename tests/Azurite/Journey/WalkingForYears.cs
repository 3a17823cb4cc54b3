using Billing;
using Flows.Walk;
using PproSimulator;
using Storage;
using TestKit;

namespace Azurite.Tests.JourneyTests;

/// <summary>A round in slices, and what the walk throws away in the end.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class WalkingForYears(AzuriteFixture azurite)
{
    [Fact]
    public async Task Events_that_moved_no_money_go_after_400_days_and_all_that_did_stays()
    {
        using var world = await World.OpenAsync(azurite);
        world.Books.With(it => it.Events.Mode = WebhookMode.Normal);
        var subject = (await world.ActiveAsync(1, "YEARLY")).Single();
        world.RefundAtPpro(world.Books.Charges.Single().Id, 400);
        await world.Host.AdvanceAsync(TimeSpan.FromDays(1));
        Assert.True((await EventTypesAsync(world, subject)).Count > 5);

        await world.Host.AdvanceAsync(TimeSpan.FromDays(363));
        Assert.Equal(0, (await world.WalkAsync()).Counts.PurgedEvents);
        var firstYear = await EventTypesAsync(world, subject);
        await world.Host.AdvanceAsync(TimeSpan.FromDays(40));
        var state = await world.WalkAsync();

        Assert.True(state.Counts.PurgedEvents > 5, $"{state.Counts}");
        var kept = (await EventTypesAsync(world, subject)).Intersect(firstYear).Order();
        Assert.Equal(["PAYMENT_CHARGE_CAPTURE_SUCCEEDED", "PAYMENT_CHARGE_REFUND_SUCCEEDED"], kept.Select(TypeOf));
        var moved = await world.Get<AgreementLedger>().SumAsync(subject.Id, default);
        Assert.Equal((2 * Shop.Price, 400), (moved.CapturedMinorUnits, moved.RefundedMinorUnits));
        Assert.Empty(world.Host.Failures);
    }

    [Fact]
    public async Task A_long_round_is_walked_in_slices_that_go_on_where_the_last_one_ended()
    {
        using var world = await World.OpenAsync(azurite);
        var directory = world.Get<AgreementDirectory>();
        var now = world.Clock.GetUtcNow();
        await Enumerable
            .Range(0, 700)
            .ForEachAsync(it =>
                directory.PutAsync(AgreementId.FromKey($"{it}"), null, now.AddMonths(-it % 3).AddSeconds(it), default)
            );
        var walk = world.Get<WalkAgreements>();

        List<int> slices = [];
        for (var slice = 0; slice < 4; slice++)
        {
            slices.Add(await walk.RunAsync(default));
        }

        Assert.InRange(slices[0], 500, 549);
        Assert.Equal([slices[0], 700 - slices[0], 0, 0], slices);
        var state = await world.StateOfWalkAsync();
        Assert.Equal((700, 0), (state.Counts.Visited, state.Counts.Failed));
        Assert.NotNull(state.FinishedAt);
    }

    [Fact]
    public async Task Two_walks_at_once_do_no_harm()
    {
        using var world = await World.OpenAsync(azurite);
        var subjects = await world.ActiveAsync(4, "YEARLY");
        foreach (var charge in world.Books.Charges.ToList())
        {
            world.RefundAtPpro(charge.Id, 400);
        }

        await Task.WhenAll(
            Enumerable
                .Range(0, 3)
                .Select(_ => world.NewJourney(new JourneyKit.NoWatch()).Get<WalkAgreements>().RunAsync(default))
        );
        await world.WalkAsync();

        await subjects.ForEachAsync(async it =>
            Assert.Equal(400, (await world.Get<AgreementLedger>().SumAsync(it.Id, default)).RefundedMinorUnits)
        );
        Assert.Empty(await world.Get<ExceptionList>().ListAsync(null, 10, default));
    }

    private static async Task<IReadOnlyList<string>> EventTypesAsync(World world, Subject subject)
    {
        var range = KeyRange.Prefix(subject.Id.Value, Keys.EventPrefix, 1_000);
        var rows = await world.Get<ITables>().RangeAsync(StoreNames.Agreements, range, default);
        return [.. rows.Where(it => it.ContainsKey("Type")).Select(it => $"{it.GetString("Type")} {it.RowKey}")];
    }

    private static string TypeOf(string typeAndKey) => typeAndKey.Split(' ')[0];
}
