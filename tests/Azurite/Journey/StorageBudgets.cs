using Flows.Events;
using Flows.Looks;
using Flows.Replies;
using Flows.Shop;
using Flows.Walk;
using JourneyKit;
using PproSimulator;
using Storage;
using TestKit;

namespace Azurite.Tests.JourneyTests;

/// <summary>
/// What storage is asked on the usual path. Work that is done for many agreements at once counts by its
/// share: here 20 are due together.
/// </summary>
[Collection(AzuriteCollection.Name)]
public sealed class StorageBudgets(AzuriteFixture azurite)
{
    private const int Together = 20;
    private readonly TransactionCount count = new();

    [Fact]
    public async Task Creating_an_agreement_takes_at_most_six_transactions()
    {
        using var world = await World.OpenAsync(azurite, count);

        var spent = await count.OfAsync(() => Requests.CreateAsync(world.Journey, Subject.Named("budget-create")));

        spent.AssertAtMost(6);
    }

    /// <summary>With the row by which events under the shop's own reference are found.</summary>
    [Fact]
    public async Task Creating_one_with_a_first_charge_under_the_shops_reference_takes_no_more()
    {
        using var world = await World.OpenAsync(azurite, count);
        await CreateAsync("the-control-row-is-read-now-and-then-kept-for-seconds");

        (await count.OfAsync(() => CreateAsync("budget-first-charge"))).AssertAtMost(6);

        Task<Reply> CreateAsync(string key) =>
            world
                .Get<CreateAgreement>()
                .RunAsync(Shop.AgreementBody(firstChargeReference: "ABC987654321"), key, default);
    }

    [Fact]
    public async Task A_webhook_is_acknowledged_after_exactly_one_put()
    {
        using var world = await World.OpenAsync(azurite, count);
        await world.CreateAsync(1);
        var body = world.Books.Events.All[0].Body;
        var signature = Signing.Header(body, world.Books.Settings.SigningSecrets[^1], world.Clock.GetUtcNow());

        var spent = await count.OfAsync(() => world.Get<ReceivePproWebhook>().RunAsync(new(body, signature), default));

        Assert.Equal(["POST ppro-events/messages"], spent.Transactions);
    }

    [Theory]
    [InlineData("PAYMENT_CHARGE_CAPTURE_SUCCEEDED")]
    [InlineData("PAYMENT_CHARGE_CREATED")]
    [InlineData("FUNDS_STATE_CHANGED")]
    public async Task Applying_an_event_of_a_charge_takes_at_most_four_transactions(string type)
    {
        using var world = await World.OpenAsync(azurite, count);
        var subjects = await world.TakeLooksAsync(await world.ActiveAsync(Together));
        world.LetThrough(type);
        await world.HandleAsync(subjects);

        (await ApplyAsync(world)).AssertAtMost(4 + Share);
    }

    [Theory]
    [InlineData("PAYMENT_AGREEMENT_CREATED")]
    [InlineData("PAYMENT_AGREEMENT_ACTIVE")]
    public async Task Applying_an_event_of_an_agreement_takes_at_most_four_transactions(string type)
    {
        using var world = await World.OpenAsync(azurite, count);
        world.LetThrough(type);
        world.Approve(await world.CreateAsync(Together));

        (await ApplyAsync(world)).AssertAtMost(4 + Share);
    }

    [Fact]
    public async Task A_scheduled_charge_takes_at_most_seven_transactions_from_the_timer_to_the_finished_message()
    {
        using var world = await World.OpenAsync(azurite, count);
        var subjects = await world.ActiveAsync(Together);
        var due = (await world.WakeUpsOfAsync(subjects[0].Id)).Single();
        world.Clock.AdvanceTo(due);

        var spent = await count.OfAsync(
            async () =>
            {
                await world.Get<IssueRecurringCharges>().RunAsync(default);
                await ReceiveAndHandleAsync(world, StoreNames.DueAgreements);
            },
            Together
        );

        Assert.Equal(2 * Together, world.Books.Charges.Count(it => it.IsCaptured));
        spent.AssertAtMost(7);
    }

    [Fact]
    public async Task An_idle_minute_of_the_timer_takes_at_most_four_transactions_on_average()
    {
        const int Minutes = 10;
        using var world = await World.OpenAsync(azurite, count);
        await world.ActiveAsync(1);

        var spent = await count.OfAsync(
            async () =>
            {
                for (var minute = 0; minute < Minutes; minute++)
                {
                    world.Clock.AdvanceTo(world.Clock.GetUtcNow() + TimeSpan.FromMinutes(1));
                    await world.Get<EveryMinute>().RunAsync(default);
                }
            },
            Minutes
        );

        spent.AssertAtMost(4);
    }

    private static double Share => 1.0 / Together;

    private async Task<Spent> ApplyAsync(World world)
    {
        using var journey = world.NewJourney(new NoWatch());
        Assert.Equal(Together, await journey.DeliverAsync(world.Books, world.Clock));
        return await count.OfAsync(() => ReceiveAndHandleAsync(world, StoreNames.PproEvents), Together);
    }

    /// <summary>One receive for all of them.</summary>
    private static async Task ReceiveAndHandleAsync(World world, string queue)
    {
        var worker = new QueueWorker(world.Journey, world.ShowAgainAsync);
        var messages = await worker.ReceiveAsync(queue);
        Assert.Equal(Together, messages.Count);
        await messages.ForEachAsync(async it => Assert.Null(await worker.HandleAsync(queue, it)));
    }
}
