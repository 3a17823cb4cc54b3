using System.Text;
using Flows.Events;
using Flows.Operations;
using JourneyKit;
using PproSimulator;
using Storage;

namespace Azurite.Tests.JourneyTests;

/// <summary>What can be said without storage is said: that it is away, and that PPRO has to come again.</summary>
public sealed class WhileStorageIsAway : IDisposable
{
    private readonly StorageClients clients = StorageClients.Connect(
        "DefaultEndpointsProtocol=http;AccountName=none;AccountKey=bm9uZQ==;"
            + "TableEndpoint=http://127.0.0.1:1/none;QueueEndpoint=http://127.0.0.1:1/none"
    );
    private readonly SetClock clock = new(new(2026, 1, 15, 1, 0, 0, TimeSpan.Zero));
    private readonly PproBooks books;
    private readonly Journey journey;

    public WhileStorageIsAway()
    {
        books = new(clock, new(), new(1));
        journey = new(new(new AzureTables(clients.Tables), new AzureQueues(clients.Queues), clock, books));
    }

    [Fact]
    public async Task Health_says_that_it_is_unreachable()
    {
        var reply = await journey.Get<CheckHealth>().RunAsync(default);

        Assert.Equal(503, reply.Status);
        Assert.Contains("storage unreachable", Encoding.UTF8.GetString(reply.Body.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_webhook_is_not_thanked_for_so_that_PPRO_brings_it_again()
    {
        var body = "{}"u8.ToArray();
        var signature = Signing.Header(body, books.Settings.SigningSecrets[^1], clock.GetUtcNow());

        var reply = await journey.Get<ReceivePproWebhook>().RunAsync(new(body, signature), default);

        Assert.Equal(503, reply.Status);
        Assert.Contains("urn:problem:not-queued", Encoding.UTF8.GetString(reply.Body.Span), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        journey.Dispose();
        clients.Dispose();
    }
}
