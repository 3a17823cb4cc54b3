using Flows.Events;
using Flows.Replies;
using JourneyKit;
using PproSimulator;
using Storage;

namespace Unit.Tests.JourneyTests;

/// <summary>What the receiver says to a webhook, and what it keeps (the README's promises 22, 23).</summary>
public sealed class ReceivingAtTheDoor : IDisposable
{
    private readonly NotedLog log = new();
    private readonly MemoryWorld world;

    public ReceivingAtTheDoor() => world = new(logging: it => log.AddTo(it));

    public void Dispose() => world.Dispose();

    [Theory]
    [InlineData(null, null)]
    [InlineData("application/json", null)]
    [InlineData("application/json; charset=utf-8", "identity")]
    [InlineData("Application/JSON;charset=\"utf-8\";v=1", "Identity")]
    [InlineData("application/cloudevents+json; charset=utf-8", "")]
    [InlineData("application/json;", null)]
    [InlineData(" application/json ;\tcharset=utf-8 ; ; ", null)]
    [InlineData("application/json; profile=\"a;b;;c, \\\" d\";", null)]
    public async Task JSON_and_cloud_events_are_taken_in(string? type, string? encoding)
    {
        var reply = await ReceiveAsync(type, encoding);

        Assert.Equal(200, reply.Status);
        Assert.Equal(1, await world.Queues.DepthAsync(StoreNames.PproEvents, default));
    }

    [Theory]
    [InlineData("text/plain", null)]
    [InlineData("application/x-www-form-urlencoded", null)]
    [InlineData("application/jsonp", null)]
    [InlineData("application/jsonx;", null)]
    [InlineData("application/json x", null)]
    [InlineData("application/json; profile=\"no end;", null)]
    [InlineData(";application/json", null)]
    [InlineData("text/plain; profile=\"; application/json\"", null)]
    [InlineData("application/cloudevents-batch+json", null)]
    [InlineData("application/json, text/plain", null)]
    [InlineData("nonsense", null)]
    [InlineData("application/json", "gzip")]
    [InlineData("application/json", "identity, gzip")]
    public async Task Another_type_or_an_encoding_is_refused_and_nothing_is_kept(string? type, string? encoding)
    {
        var reply = await ReceiveAsync(type, encoding);

        Assert.Equal((415, "application/problem+json"), (reply.Status, reply.ContentType));
        Assert.Equal(0, await world.Queues.DepthAsync(StoreNames.PproEvents, default));
        Assert.Contains("WebhookRefused", log.Names);
    }

    [Fact]
    public async Task A_refusal_says_why_in_the_log_and_the_same_to_every_sender()
    {
        var old = Signing.Header("{}"u8.ToArray(), world.Books.Settings.SigningSecrets[^1], DateTimeOffset.UnixEpoch);
        List<string> told = [];
        foreach (var signature in (string?[])[null, "nonsense", "t=1,s=00", old])
        {
            var reply = await world.Get<ReceivePproWebhook>().RunAsync(new("{}"u8.ToArray(), signature), default);
            Assert.Equal((401, "application/problem+json"), (reply.Status, reply.ContentType));
            told.Add(System.Text.Encoding.UTF8.GetString(reply.Body.Span));
        }

        Assert.Single(told.Distinct());
        Assert.Equal(Enumerable.Repeat("WebhookRefused", 4), log.Names);
    }

    [Fact]
    public async Task A_webhook_that_cannot_be_kept_is_not_thanked_for_and_comes_again()
    {
        using var broken = world.NewJourney(new NoQueue());
        var body = "{}"u8.ToArray();
        var signature = Signing.Header(body, world.Books.Settings.SigningSecrets[^1], world.Clock.GetUtcNow());

        var refused = await broken.Get<ReceivePproWebhook>().RunAsync(new(body, signature), default);
        var again = await world.Get<ReceivePproWebhook>().RunAsync(new(body, signature), default);

        Assert.Equal((503, 200), (refused.Status, again.Status));
        Assert.Equal(1, await world.Queues.DepthAsync(StoreNames.PproEvents, default));
    }

    private Task<Reply> ReceiveAsync(string? type, string? encoding)
    {
        var body = "{}"u8.ToArray();
        var signature = Signing.Header(body, world.Books.Settings.SigningSecrets[^1], world.Clock.GetUtcNow());
        var request = new WebhookRequest(body, signature) { ContentType = type, ContentEncoding = encoding };
        return world.Get<ReceivePproWebhook>().RunAsync(request, default);
    }

    private sealed class NoQueue : IEffectWatch
    {
        public Task BeforeAsync(Effect effect) =>
            effect.Kind is EffectKind.Queues ? throw new IOException("no queue") : Task.CompletedTask;

        public Task AfterAsync(Effect effect) => Task.CompletedTask;
    }
}
