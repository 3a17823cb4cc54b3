using Billing;
using Storage;
using TestKit;

namespace Azurite.Tests.JourneyTests;

/// <summary>The one sentence by which agreements are written, on real storage.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class ChangingUnderContention(AzuriteFixture azurite)
{
    private static readonly DateTimeOffset Now = new(2026, 1, 15, 1, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Looks_that_race_claim_a_period_once()
    {
        var (store, id) = await ActiveAsync();
        var due = new DuePeriod(new(0, new(2026, 1, 15), new(2026, 2, 15)), 1, new(9_900, "KRW"));
        var intent = new ChargeIntent("20260115-1", $"{id}-20260115-1", "key", "{}"u8.ToArray());

        var claims = await Task.WhenAll(
            Enumerable
                .Range(0, 6)
                .Select(async _ =>
                {
                    var session = (await store.OpenAsync(id, default))!;
                    return (await session.ChangeAsync(it => it.ClaimPeriod(due, intent, Now), default)).Claim;
                })
        );

        Assert.Single(claims, it => it is not null);
        var agreement = (await store.FindAsync(id, default))!;
        Assert.Equal(1, agreement.Plan.NextPeriod);
        Assert.Single(agreement.Open);
        Assert.Equal("{}"u8.ToArray(), (await store.ReadBodyAsync(id, "20260115-1", default)).ToArray());
    }

    [Fact]
    public async Task Every_change_is_counted_and_none_is_lost()
    {
        var (store, id) = await ActiveAsync();
        var before = (await store.FindAsync(id, default))!.Version;

        await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(async _ =>
                {
                    var session = (await store.OpenAsync(id, default))!;
                    await session.ChangeAsync(
                        it => Change.To(it with { CapturedMinorUnits = it.CapturedMinorUnits + 1 }),
                        default
                    );
                })
        );

        var after = (await store.FindAsync(id, default))!;
        Assert.Equal((4, before + 4), (after.CapturedMinorUnits, after.Version));
    }

    [Fact]
    public async Task An_event_is_kept_once_whoever_brings_it()
    {
        var (store, id) = await ActiveAsync();
        var happened = new Fact.NewEvent("Ev1", "PAYMENT_AGREEMENT_ACTIVE", Now, "none", "{}"u8.ToArray());

        var outcomes = await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(async _ =>
                {
                    var session = (await store.OpenAsync(id, default))!;
                    return (await session.ChangeAsync(it => Change.To(it, happened), default)).Outcome;
                })
        );

        Assert.Single(outcomes, it => it is CommitOutcome.Committed);
        Assert.Equal(3, outcomes.Count(it => it is CommitOutcome.AlreadyThere));
    }

    [Fact]
    public async Task A_decision_that_changes_nothing_writes_nothing()
    {
        var (store, id) = await ActiveAsync();
        var session = (await store.OpenAsync(id, default))!;
        var before = session.Current.Version;

        var committed = await session.ChangeAsync(Change.None, default);

        Assert.Equal(CommitOutcome.Unchanged, committed.Outcome);
        Assert.Equal(before, (await store.FindAsync(id, default))!.Version);
    }

    [Fact]
    public async Task A_second_agreement_of_the_same_id_is_not_added()
    {
        var (store, id) = await ActiveAsync();

        Assert.Null(await store.AddAsync(Begun(id), default));
    }

    [Fact]
    public async Task A_change_without_the_baton_writes_a_wake_up_when_the_next_look_moves_nearer_and_never_nearer_than_two_minutes()
    {
        var clients = StorageClients.Connect(azurite.NewConnectionString());
        await StorageSetup.EnsureAsync(clients, StoreNames.Tables, StoreNames.Queues, default);
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(Now);
        var wakeUps = new WakeUps(new AzureTables(clients.Tables), clock);
        var store = new AgreementStore(new AzureTables(clients.Tables), wakeUps, clock);
        var id = AgreementId.Random();
        var session = (await store.AddAsync(Begun(id), default))!;

        await session.ChangeAsync(it => Change.To(it with { NextLookAt = Now.AddHours(1) }), default);
        Assert.Equal(Now.AddHours(1), await wakeUps.FirstAsync(default));
        await session.ChangeAsync(it => Change.To(it with { NextLookAt = Now.AddSeconds(5) }), default);
        Assert.Equal(Now.AddMinutes(2), await wakeUps.FirstAsync(default));

        Assert.Empty(await wakeUps.DueAsync(10, default));
        clock.Advance(TimeSpan.FromMinutes(2));
        var due = await wakeUps.DueAsync(10, default);
        await wakeUps.AddAsync(id, clock.GetUtcNow() - WakeUps.Nearest, default);
        Assert.Equal(id, Assert.Single(due).Agreement);
    }

    [Fact]
    public async Task A_wake_up_that_was_put_again_is_not_deleted()
    {
        var clients = StorageClients.Connect(azurite.NewConnectionString());
        await StorageSetup.EnsureAsync(clients, StoreNames.Tables, StoreNames.Queues, default);
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(Now);
        var wakeUps = new WakeUps(new AzureTables(clients.Tables), clock);
        var (first, second) = (AgreementId.Random(), AgreementId.Random());
        await wakeUps.PassBatonAsync(first, Now.AddMinutes(1), default);
        await wakeUps.PassBatonAsync(second, Now.AddMinutes(1), default);
        clock.Advance(TimeSpan.FromMinutes(1));
        var due = await wakeUps.DueAsync(10, default);

        clock.SetUtcNow(clock.GetUtcNow()); // The same minute: the row is put again under a new ETag.
        await new WakeUps(
            new AzureTables(clients.Tables),
            new Microsoft.Extensions.Time.Testing.FakeTimeProvider(Now)
        ).PassBatonAsync(first, Now.AddMinutes(1), default);
        await wakeUps.DeleteAsync(due, default);

        Assert.Equal([first], (await wakeUps.DueAsync(10, default)).Select(it => it.Agreement));
    }

    private async Task<(AgreementStore Store, AgreementId Id)> ActiveAsync()
    {
        var clients = StorageClients.Connect(azurite.NewConnectionString());
        await StorageSetup.EnsureAsync(clients, StoreNames.Tables, StoreNames.Queues, default);
        var tables = new AzureTables(clients.Tables);
        var store = new AgreementStore(tables, new WakeUps(tables, TimeProvider.System), TimeProvider.System);
        var id = AgreementId.Random();
        var session = (await store.AddAsync(Begun(id), default))!;
        var active = new AgreementReading { ProviderId = "agr_1", Status = AgreementStatus.Active };
        await session.ChangeAsync(it => it.Read(active, Now, Now), default);
        return (store, id);
    }

    private static Change Begun(AgreementId id)
    {
        var terms = new AgreementTerms
        {
            PaymentMethod = "KAKAOPAY",
            ConsumerName = "Kim",
            ConsumerCountry = "KR",
            Amount = new(9_900, "KRW"),
            Frequency = new(FrequencyType.Monthly, 1),
        };
        return Agreement.Begin(id, terms, new("key", "hash", "{}"u8.ToArray()), Now);
    }
}
