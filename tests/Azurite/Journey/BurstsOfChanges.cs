using Billing;
using JourneyKit;
using Storage;
using TestKit;

namespace Azurite.Tests.JourneyTests;

/// <summary>A capture brings a burst of events about one agreement; none of them may have to come again.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class BurstsOfChanges(AzuriteFixture azurite)
{
    private static readonly DateTimeOffset Now = new(2026, 1, 15, 1, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Ten_changes_at_once_all_pass()
    {
        var clients = StorageClients.Connect(azurite.NewConnectionString());
        await StorageSetup.EnsureAsync(clients, StoreNames.Tables, StoreNames.Queues, default);
        var tables = new AzureTables(clients.Tables);
        var store = new AgreementStore(tables, new WakeUps(tables, TimeProvider.System), TimeProvider.System);
        var id = AgreementId.Random();
        var terms = new AgreementTerms
        {
            PaymentMethod = "KAKAOPAY",
            ConsumerName = "Kim",
            ConsumerCountry = "KR",
        };
        await store.AddAsync(Agreement.Begin(id, terms, new("key", "hash", "{}"u8.ToArray()), Now), default);

        await Task.WhenAll(
            Enumerable
                .Range(0, 10)
                .Select(async number =>
                {
                    var session = (await store.OpenAsync(id, default))!;
                    var fact = new Fact.NewEvent($"Ev{number}", "TYPE", Now, "none", "{}"u8.ToArray());
                    await session.ChangeAsync(it => Change.To(it, fact), default);
                })
        );

        Assert.Equal(11, (await store.FindAsync(id, default))!.Version);
    }

    [Fact]
    public async Task Twenty_quick_charges_of_one_agreement_fail_no_event_and_make_none_come_again()
    {
        using var world = await World.OpenAsync(azurite);
        var subject = (await world.ActiveAsync(1)).Single();
        world.LetThrough(
            "PAYMENT_CHARGE_CREATED",
            "PAYMENT_CHARGE_AUTHORIZATION_SUCCEEDED",
            "PAYMENT_CHARGE_CAPTURE_SUCCEEDED"
        );
        var worker = new QueueWorker(world.Journey, world.ShowAgainAsync);

        var replies = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(number => Requests.SingleAsync(world.Journey, subject, $"quick-{number}"))
        );
        Assert.Equal(60, await world.Journey.DeliverAsync(world.Books, world.Clock));
        List<Exception?> outcomes = [];
        while (await worker.ReceiveAsync(StoreNames.PproEvents) is { Count: > 0 } messages)
        {
            outcomes.AddRange(await Task.WhenAll(messages.Select(it => worker.HandleAsync(StoreNames.PproEvents, it))));
        }

        Assert.All(replies, reply => Assert.InRange(reply.Status, 201, 202));
        Assert.Equal(60, outcomes.Count);
        Assert.All(outcomes, Assert.Null);
    }
}
