using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Storage;
using TestKit;
using static StorageContract.Rows;

namespace Azurite.Tests;

/// <summary>What only the wire can show.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class SpeakingToAzure(AzuriteFixture azurite) : IDisposable
{
    private readonly string account = azurite.NewConnectionString();
    private readonly List<Uri> tries = [];
    private StorageClients? opened;

    [Fact]
    public async Task Messages_never_expire()
    {
        var it = await AzureStorage.OpenAsync(Clients());
        await it.PutAsync("forever");

        var peeked = await Clients().Queues.GetQueueClient(it.Queue).PeekMessageAsync();

        Assert.Equal(DateTimeOffset.MaxValue.Year, peeked.Value.ExpiresOn!.Value.Year);
    }

    [Fact]
    public async Task What_the_functions_host_hands_over_as_text_are_the_exact_bytes()
    {
        var it = await AzureStorage.OpenAsync(Clients());
        byte[] noText = [0xFF, 0x00, 0xC3, 0x28, (byte)'\r', (byte)'\n', 0xED, 0xA0, 0x80];
        await it.Queues.PutAsync(it.Queue, noText, TimeSpan.Zero, default);

        var message = (await Clients().Queues.GetQueueClient(it.Queue).ReceiveMessageAsync()).Value;

        Assert.All(message.MessageText, one => Assert.InRange(one, '\n', '~'));
        Assert.Equal(noText, QueueText.Read(message.MessageText).ToArray());
    }

    [Theory]
    [InlineData("put by hand")]
    [InlineData("djEgYQ==")]
    [InlineData("v1\nno base64!")]
    [InlineData("결제")]
    public async Task A_message_that_is_not_ours_is_read_as_its_characters_and_stops_no_other(string text)
    {
        var it = await AzureStorage.OpenAsync(Clients());
        await Clients().Queues.GetQueueClient(it.Queue).SendMessageAsync(text);
        await it.PutAsync("ours");

        var texts = (await it.ReceiveAsync(TimeSpan.FromHours(1))).Select(message =>
            System.Text.Encoding.UTF8.GetString(message.Body.Span)
        );

        Assert.Equal(new[] { "ours", text }.Order(), texts.Order());
    }

    [Fact]
    public async Task A_part_of_a_second_is_rounded_up()
    {
        var it = await AzureStorage.OpenAsync(Clients());

        await it.PutAsync("soon", TimeSpan.FromMilliseconds(1_001));

        Assert.Contains("visibilitytimeout=2", tries[^1].Query, StringComparison.Ordinal);

        await it.ReceiveAsync(TimeSpan.FromMilliseconds(1));

        Assert.Contains("visibilitytimeout=1", tries[^1].Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_table_is_neither_a_missing_row_nor_a_conflict()
    {
        var tables = new AzureTables(Clients().Tables);
        var etag = new ETag("W/\"datetime'2020-01-01T00%3A00%3A00.0000000Z'\"");

        await Assert.ThrowsAsync<RequestFailedException>(() => tables.FindAsync("missing", new("p", "r"), default));
        foreach (var write in (RowWrite[])[Insert("p", "r"), Replace("p", "r", "", etag), Delete("p", "r", etag)])
        {
            var e = await Assert.ThrowsAnyAsync<RequestFailedException>(() =>
                tables.CommitAsync("missing", [write], default)
            );
            Assert.Equal(404, e.Status);
        }
    }

    [Fact]
    public async Task A_missing_queue_is_not_a_deleted_message()
    {
        var queues = new AzureQueues(Clients().Queues);
        var message = new ReceivedMessage(Guid.NewGuid().ToString(), "receipt", default, 1, default);

        await Assert.ThrowsAsync<RequestFailedException>(() => queues.DeleteAsync("missing", message, default));
    }

    [Fact]
    public async Task Setting_up_twice_does_no_harm()
    {
        var it = await AzureStorage.OpenAsync(Clients());
        await it.CommitAsync(Insert("p", "r", "still here"));

        await StorageSetup.EnsureAsync(Clients(), [it.Table], [it.Queue], default);

        Assert.Equal("still here", await it.FindTextAsync("p", "r"));
    }

    [Fact]
    public async Task A_call_that_nobody_answers_is_tried_three_times_and_every_try_is_seen()
    {
        using var clients = StorageClients.Connect(
            "DefaultEndpointsProtocol=http;AccountName=none;AccountKey=bm9uZQ==;"
                + "TableEndpoint=http://127.0.0.1:1/none;QueueEndpoint=http://127.0.0.1:1/none",
            new Watching(tries)
        );
        var tables = new AzureTables(clients.Tables);

        await Assert.ThrowsAsync<AggregateException>(() => tables.FindAsync("none", new("p", "r"), default));

        Assert.Equal(3, tries.Count);
    }

    public void Dispose() => opened?.Dispose();

    private StorageClients Clients() => opened ??= StorageClients.Connect(account, new Watching(tries));

    private sealed class Watching(List<Uri> tries) : HttpPipelineSynchronousPolicy
    {
        public override void OnSendingRequest(HttpMessage message) => tries.Add(message.Request.Uri.ToUri());
    }
}
