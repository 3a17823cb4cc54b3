using System.Text;
using Billing;
using Flows.Events;
using Flows.Replies;
using Flows.Shop;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PproSimulator;
using Storage;

namespace JourneyKit;

/// <summary>
/// A world that needs nothing: the flows that deploy over tables and queues in memory, a PPRO, a clock, and a healthy
/// process. PPRO's webhooks arrive as soon as the world settles.
/// </summary>
public sealed class MemoryWorld : IDisposable
{
    public const long Price = 9_900;
    private const int AllRows = 1_000_000;
    private static readonly DateTimeOffset Start = new(2026, 1, 15, 1, 0, 0, TimeSpan.Zero);
    private readonly Action<ILoggingBuilder>? logging;
    private readonly Func<HttpMessageHandler, HttpMessageHandler>? wire;
    private int named;

    /// <param name="settings">How PPRO behaves.</param>
    /// <param name="logging">Who hears the flows' log.</param>
    /// <param name="wire">Stands between our client and PPRO.</param>
    public MemoryWorld(
        BooksSettings? settings = null,
        Action<ILoggingBuilder>? logging = null,
        Func<HttpMessageHandler, HttpMessageHandler>? wire = null
    )
    {
        (this.logging, this.wire) = (logging, wire);
        Clock = new(Start);
        Books = new(Clock, (settings ?? new()) with { RateLimit = 1_000_000, Burst = 1_000_000 }, new(1));
        Tables = new(Clock);
        Queues = new(Clock);
        Journey = NewJourney(new NoWatch());
        Host = new(Journey, ShowAgainAsync, Books, Clock);
    }

    public SetClock Clock { get; }

    public PproBooks Books { get; }

    public MemoryTables Tables { get; }

    public MemoryQueues Queues { get; }

    public Journey Journey { get; }

    public JourneyHost Host { get; }

    public T Get<T>()
        where T : notnull => Journey.Get<T>();

    /// <summary>One more process on the same storage.</summary>
    public Journey NewJourney(
        IEffectWatch watch,
        Action<IServiceCollection>? services = null,
        IReadOnlyDictionary<string, string?>? settings = null
    ) =>
        new(
            new(Tables, Queues, Clock, Books)
            {
                Watch = watch,
                Logging = logging,
                Wire = wire,
                Services = services,
                Settings = new Dictionary<string, string?>(settings ?? new Dictionary<string, string?>())
                {
                    ["Charging:Spread"] = "00:00:00",
                },
            }
        );

    public Task<bool> ShowAgainAsync(string queue, ReceivedMessage message)
    {
        Queues.Release(queue, message, TimeSpan.Zero);
        return Task.FromResult(true);
    }

    /// <summary>A daily plan that the consumer has approved, whose first period is paid.</summary>
    public async Task<AgreementId> ActiveAsync() => (await ActiveAsync(1)).Single();

    /// <summary>Daily plans that consumers have approved at one time, whose first periods are paid.</summary>
    public async Task<IReadOnlyList<AgreementId>> ActiveAsync(int count)
    {
        List<AgreementId> ids = [];
        for (var number = 0; number < count; number++)
        {
            ids.Add(await ApprovedAsync());
        }

        await Host.AdvanceAsync(TimeSpan.FromHours(1));
        return ids;
    }

    private async Task<AgreementId> ApprovedAsync()
    {
        var body = Encoding.UTF8.GetBytes(
            $$"""
            {
              "paymentMethod": "KAKAOPAY",
              "consumer": { "name": "김카카오", "country": "KR" },
              "amount": { "value": {{Price}}, "currency": "KRW" },
              "frequency": { "type": "DAILY" },
              "authenticationSettings": [
                { "type": "REDIRECT", "settings": { "returnUrl": "https://shop.example/return" } }
              ]
            }
            """
        );
        var key = $"order-{++named}";
        await Get<CreateAgreement>().RunAsync(body, key, CancellationToken.None);
        var id = AgreementId.FromKey(key);
        Books.Approve(AtPpro(id).Id);
        return id;
    }

    public SimAgreement AtPpro(AgreementId id) =>
        Books.With(it => it.Agreements.Single(agreement => agreement.Reference == id.Value));

    public IReadOnlyList<SimCharge> ChargesAtPpro(AgreementId id) =>
        Books.With(it => it.Charges.Where(charge => charge.Agreement.Reference == id.Value).ToList());

    public async Task<Agreement> FindAsync(AgreementId id) =>
        await Get<AgreementStore>().FindAsync(id, CancellationToken.None)
        ?? throw new InvalidOperationException($"There is no {id}.");

    /// <summary>PPRO delivers this body, signed with the secret that we share.</summary>
    public Task<Reply> ReceiveAsync(byte[] body)
    {
        var signature = Signing.Header(body, Books.Settings.SigningSecrets[^1], Clock.GetUtcNow());
        return Get<ReceivePproWebhook>().RunAsync(new(body, signature), CancellationToken.None);
    }

    /// <summary>PPRO delivers this event, and the queue is emptied.</summary>
    public async Task TakeInAsync(string type, string subject, string data, string? id = null)
    {
        await ReceiveAsync(EventBody(type, subject, data, id));
        await Host.SettleAsync();
    }

    /// <summary>An event of PPRO's, with this in its data.</summary>
    public byte[] EventBody(string type, string subject, string data, string? id = null) =>
        Encoding.UTF8.GetBytes(
            "{\"specversion\":\"1.0.2\",\"source\":\"https://www.ppro.com\",\"datacontenttype\":\"application/json\","
                + $"\"id\":\"{id ?? $"Ev{++named:D19}"}\",\"type\":\"{type}\",\"subject\":\"{subject}\","
                + $"\"time\":\"{Clock.GetUtcNow():yyyy-MM-dd'T'HH:mm:ss.fff'Z'}\","
                + $"\"data\":{{\"type\":\"{type}\",\"merchantId\":\"merch_test_only\",{data}}}}}"
        );

    /// <summary>Whether the event is kept with this agreement.</summary>
    public async Task<bool> HasEventAsync(AgreementId agreement, string eventId) =>
        await Tables.FindAsync(StoreNames.Agreements, new(agreement.Value, Keys.Event(eventId)), CancellationToken.None)
            is not null;

    public Task<IReadOnlyList<QuarantinedEvent>> QuarantinedAsync() =>
        Get<Quarantine>().ListAsync(null, AllRows, CancellationToken.None);

    /// <summary>Every row of every table, readable; what differs between two of them has changed.</summary>
    public async Task<IReadOnlyList<string>> SnapshotAsync()
    {
        List<string> lines = [];
        foreach (var table in StoreNames.Tables)
        {
            var rows = await Tables.RangeAsync(table, new(string.Empty, "~", AllRows), CancellationToken.None);
            lines.AddRange(rows.Select(row => $"{table} {row.PartitionKey} {row.RowKey} {row.ETag}"));
        }

        return lines;
    }

    public void Dispose() => Journey.Dispose();
}
