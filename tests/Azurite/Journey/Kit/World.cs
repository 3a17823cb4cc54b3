using System.Text;
using Azure;
using Azure.Core.Pipeline;
using Billing;
using JourneyKit;
using Microsoft.Extensions.DependencyInjection;
using PproSimulator;
using Storage;
using TestKit;

namespace Azurite.Tests.JourneyTests;

/// <summary>
/// One shop's world: an account of its own on the real Azurite, a PPRO, a clock, and a healthy process. PPRO's
/// webhooks are lost unless a test lets them through: what must happen, happens without them (the README's promise 26).
/// </summary>
public sealed class World : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 1, 15, 1, 0, 0, TimeSpan.Zero);
    private readonly StorageClients clients;
    private readonly Dictionary<string, string?> settings = new() { ["Charging:Spread"] = "00:00:00" };

    private World(StorageClients clients, params IEnumerable<(string Name, string Value)> settings)
    {
        this.clients = clients;
        foreach (var (name, value) in settings)
        {
            this.settings[name] = value;
        }

        Clock = new(Start);
        Books = new(Clock, new() { RateLimit = 1_000_000, Burst = 1_000_000 }, new(1));
        Journey = NewJourney(new NoWatch());
        Host = new(Journey, ShowAgainAsync, Books, Clock) { TakesPoisonAtOnce = true };
        LetThrough();
    }

    public SetClock Clock { get; }

    public PproBooks Books { get; }

    /// <summary>The healthy process.</summary>
    public Journey Journey { get; }

    public JourneyHost Host { get; }

    public AgreementStore Store => Get<AgreementStore>();

    public static async Task<World> OpenAsync(
        AzuriteFixture azurite,
        params IReadOnlyList<HttpPipelinePolicy> policies
    ) => new(await ConnectAsync(azurite, policies));

    /// <summary>A world with settings of its own.</summary>
    public static async Task<World> OpenSetAsync(
        AzuriteFixture azurite,
        params IReadOnlyList<(string Name, string Value)> settings
    ) => new(await ConnectAsync(azurite, []), settings);

    private static async Task<StorageClients> ConnectAsync(
        AzuriteFixture azurite,
        IReadOnlyList<HttpPipelinePolicy> policies
    )
    {
        var clients = StorageClients.Connect(azurite.NewConnectionString(), policies);
        await StorageSetup.EnsureAsync(clients, StoreNames.Tables, StoreNames.Queues, default);
        return clients;
    }

    /// <summary>A flow or store of the healthy process.</summary>
    public T Get<T>()
        where T : notnull => Journey.Get<T>();

    /// <summary>One more process on the same account.</summary>
    public Journey NewJourney(
        IEffectWatch watch,
        IReadOnlyDictionary<string, string?>? settings = null,
        Action<IServiceCollection>? services = null
    ) =>
        new(
            new(new AzureTables(clients.Tables), new AzureQueues(clients.Queues), Clock, Books)
            {
                Watch = watch,
                Settings = settings?.Concat(this.settings).DistinctBy(it => it.Key).ToDictionary() ?? this.settings,
                Services = services,
            }
        );

    public async Task<bool> ShowAgainAsync(string queue, ReceivedMessage message)
    {
        try
        {
            await clients
                .Queues.GetQueueClient(queue)
                .UpdateMessageAsync(message.Id, message.Receipt, visibilityTimeout: TimeSpan.Zero);
            return true;
        }
        catch (RequestFailedException e) when (e.Status is 404)
        {
            return false;
        }
    }

    /// <summary>PPRO's webhooks of these types arrive; all others are lost.</summary>
    public void LetThrough(params string[] types)
    {
        string[] all =
        [
            "PAYMENT_AGREEMENT_CREATED",
            "PAYMENT_AGREEMENT_AUTHENTICATION_PENDING",
            "PAYMENT_AGREEMENT_ACTIVE",
            "PAYMENT_AGREEMENT_FAILED",
            "PAYMENT_AGREEMENT_REVOKED_BY_MERCHANT",
            "PAYMENT_CHARGE_CREATED",
            "PAYMENT_CHARGE_AUTHORIZATION_SUCCEEDED",
            "PAYMENT_CHARGE_AUTHORIZATION_FAILED",
            "PAYMENT_CHARGE_CAPTURE_SUCCEEDED",
            "PAYMENT_CHARGE_REFUND_SUCCEEDED",
            "FUNDS_STATE_CHANGED",
        ];
        var lost = all.Except(types).ToHashSet();
        Books.With(it => it.Events.Mode = new("drop", TimeSpan.Zero, lost));
    }

    /// <summary>PPRO's next answers to this operation go wrong; with no fault they do not.</summary>
    public void Break(string operation, string? fault, int count) =>
        Books.With(it =>
        {
            if (fault is not null)
            {
                it.Faults.Add(new(operation, fault, TimeSpan.Zero), count);
            }

            return true;
        });

    public Task<Agreement?> FindAsync(AgreementId id) => Store.FindAsync(id, default);

    /// <summary>The minutes of this agreement's wake-ups.</summary>
    public async Task<IReadOnlyList<DateTimeOffset>> WakeUpsOfAsync(AgreementId id)
    {
        var rows = clients
            .Tables.GetTableClient(StoreNames.WakeUps)
            .QueryAsync<Azure.Data.Tables.TableEntity>(row => row.RowKey == id.Value);
        return [.. (await rows.ToListAsync()).Select(row => Keys.MinuteOf(row.PartitionKey))];
    }

    /// <summary>As if nobody had ever put it: what may not happen, happens here.</summary>
    public async Task LoseWakeUpsOfAsync(AgreementId id)
    {
        var table = clients.Tables.GetTableClient(StoreNames.WakeUps);
        foreach (var minute in await WakeUpsOfAsync(id))
        {
            await table.DeleteEntityAsync(Keys.Minute(minute), id.Value);
        }
    }

    /// <summary>The agreements that visible messages of <c>due-agreements</c> are about.</summary>
    public async Task<IReadOnlyList<string>> VisibleLooksAsync()
    {
        var messages = await clients.Queues.GetQueueClient(StoreNames.DueAgreements).PeekMessagesAsync(32);
        return [.. messages.Value.Select(it => Encoding.ASCII.GetString(QueueText.Read(it.MessageText).Span))];
    }

    public void Dispose()
    {
        Journey.Dispose();
        clients.Dispose();
    }
}
