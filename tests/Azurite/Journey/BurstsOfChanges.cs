using Billing;
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
}
