using System.Net;
using System.Text.Json.Nodes;
using TestKit;

namespace EndToEnd.Tests;

/// <summary>Nothing unverified changes anything; a verified webhook is kept before it is thanked for.</summary>
[Collection(EndToEndCollection.Name)]
public sealed class ReceivingWebhooks(RunningApp running)
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("t=1741176995,s=00")]
    [InlineData("t=1741176995,s=10ffddd0c9b7e5e15bce9d834e4633e39288cea10aca380e539b1d8211a5d465")]
    public async Task A_missing_or_forged_signature_is_refused(string? signature)
    {
        var created = await running.App.PostAsync("/api/agreements", Storefront.AgreementRequest());
        var body = Event(
            "PAYMENT_AGREEMENT_ACTIVE",
            (string)created.Json["id"]!,
            (string)created.Json["paymentAgreementId"]!
        );

        var refused = await AnswerToAsync(body, signature);

        Assert.Equal(
            (HttpStatusCode.Unauthorized, "application/problem+json", "urn:problem:signature-refused"),
            (refused.Status, refused.ContentType, (string?)refused.Json["type"])
        );
        var seen = await running.App.GetAsync($"/api/agreements/{created.Json["id"]}");
        Assert.Equal("AUTHENTICATION_PENDING", (string?)seen.Json["status"]);
    }

    [Fact]
    public async Task A_signed_event_is_applied_and_its_repetition_changes_nothing()
    {
        var created = await running.App.PostAsync("/api/agreements", Storefront.AgreementRequest());
        var id = (string)created.Json["id"]!;
        var body = Event("PAYMENT_AGREEMENT_ACTIVE", id, (string)created.Json["paymentAgreementId"]!);

        Assert.Equal(HttpStatusCode.OK, await DeliverAsync(body, Sign(body)));
        Assert.Equal(HttpStatusCode.OK, await DeliverAsync(body, Sign(body)));

        await running.App.SeeAsync(id, it => (string?)it["status"] is "ACTIVE");
        var eventId = (string)JsonNode.Parse(body)!["id"]!;
        await Eventually.TrueAsync(
            () =>
                Task.FromResult(
                    running.App.Output.Contains(
                        $"{eventId} (PAYMENT_AGREEMENT_ACTIVE) had been applied",
                        StringComparison.Ordinal
                    )
                ),
            "the repetition is recognised"
        );
    }

    [Fact]
    public async Task An_old_signature_is_refused()
    {
        var body = Event("PAYMENT_AGREEMENT_ACTIVE", new string('a', 26), "agr_1");

        var status = await DeliverAsync(body, Sign(body, running.App.Now.AddHours(-73)));

        Assert.Equal(HttpStatusCode.Unauthorized, status);
    }

    [Fact]
    public async Task A_webhook_above_45_KiB_is_refused()
    {
        var body = new byte[(45 * 1024) + 1];

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await DeliverAsync(body, Sign(body)));
    }

    [Theory]
    [InlineData("PAYMENT_AGREEMENT_ACTIVE", "an agreement of someone else")]
    [InlineData("SOMETHING_NEW", null)]
    public async Task An_event_that_is_not_ours_is_quarantined(string type, string? reference)
    {
        var body = Event(type, reference, "agr_of_someone_else");
        var eventId = (string)JsonNode.Parse(body)!["id"]!;

        Assert.Equal(HttpStatusCode.OK, await DeliverAsync(body, Sign(body)));

        await Eventually.TrueAsync(
            () =>
                Task.FromResult(
                    running.App.Output.Contains($"{eventId} ({type}) quarantined", StringComparison.Ordinal)
                ),
            "the event is quarantined"
        );
    }

    [Fact]
    public async Task A_signed_body_that_is_no_event_is_quarantined_and_not_looped()
    {
        var body = "not json"u8.ToArray();

        Assert.Equal(HttpStatusCode.OK, await DeliverAsync(body, Sign(body)));

        await Eventually.TrueAsync(
            () => Task.FromResult(running.App.Output.Contains("quarantined: unreadable", StringComparison.Ordinal)),
            "it is quarantined"
        );
    }

    [Fact]
    public async Task With_every_webhook_dropped_looks_alone_reach_the_same_state()
    {
        await using var app = await running.StartAnotherAsync();
        await app.PlayAsync("webhooks", new { mode = "drop" });
        var created = await app.PostAsync("/api/agreements", FoundingPage.Agreement);
        await app.DecideAsync(created.Json, "approve");

        await app.AdvanceAsync(TimeSpan.FromMinutes(20));

        var agreement = (await app.GetAsync($"/api/agreements/{created.Json["id"]}")).Json;
        Assert.Equal("ACTIVE", (string?)agreement["status"]);
        Assert.Equal("CAPTURED", (string?)agreement["charges"]![0]!["state"]);
    }

    [Fact]
    public async Task The_founding_pages_descriptor_shows_the_funds_received_on_the_charge()
    {
        await using var app = await running.StartAnotherAsync();
        var id = await app.ActiveAgreementAsync(JsonNode.Parse(FoundingPage.Agreement)!);

        await app.AdvanceAsync(TimeSpan.FromMinutes(1));

        var funds = (await app.GetAsync($"/api/agreements/{id}")).Json["charges"]![0]!["funds"]![0]!;
        Assert.Equal("CAPTURE_FUNDS_RECEIVED", (string?)funds["fundsState"]);
    }

    [Fact]
    public async Task No_consumer_name_and_no_secret_is_logged()
    {
        var request = Storefront.AgreementRequest();
        request["consumer"]!["name"] = "Unmistakable Name";
        await running.App.ActiveAgreementAsync(request);

        Assert.DoesNotContain("Unmistakable", running.App.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Webhook.Secret, running.App.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("key_sandbox", running.App.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/json; charset=utf-8", null, HttpStatusCode.OK)]
    [InlineData("application/cloudevents+json", "identity", HttpStatusCode.OK)]
    [InlineData("text/plain", null, HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/json", "gzip", HttpStatusCode.UnsupportedMediaType)]
    public async Task Only_plain_JSON_is_taken_in(string type, string? encoding, HttpStatusCode status)
    {
        var body = Event("REPORT_FAILED", null, "report_1");

        Assert.Equal(status, await running.App.DeliverAsync(body, Sign(body), type, encoding));
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task Another_method_is_not_found_as_in_the_Functions_host(string method)
    {
        var body = Event("REPORT_FAILED", null, "report_1");

        var status = await running.App.DeliverAsync(body, Sign(body), method: new(method));

        Assert.Equal(HttpStatusCode.NotFound, status);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Delivered_in_any_order_and_twice_they_end_in_the_same_state(int seed)
    {
        await using var app = await running.StartAnotherAsync();
        await app.PlayAsync("webhooks", new { mode = "drop" });
        var created = await app.PostAsync("/api/agreements", FoundingPage.Agreement);
        await app.DecideAsync(created.Json, "approve");
        await app.PlayAsync($"agreements/{created.Json["paymentAgreementId"]}/revoke-by-consumer", new { });
        var events = (await app.BooksAsync("events")).Select(it => (string)it!["id"]!).ToArray();
        Assert.Equal(8, events.Length);
        string[] order = [.. events, .. events];
        new Random(seed).Shuffle(order);

        foreach (var (index, id) in order.Index())
        {
            await app.PlayAsync($"webhooks/redeliver/{id}", new { });
            var often = order.Take(index + 1).Count(it => it == id);
            await Eventually.TrueAsync(async () => await DeliveriesAsync(app, id) >= often, $"{id} is delivered");
        }

        var ended = await app.SeeAsync(
            (string)created.Json["id"]!,
            it =>
                it["charges"]![0]!["funds"] is not null
                && (string?)it["charges"]![0]!["state"] is "CAPTURED"
                && (string?)it["status"] is "REVOKED_BY_CONSUMER"
        );
        var charge = Assert.Single(ended["charges"]!.AsArray())!;
        Assert.Equal(("CAPTURED", 101), ((string?)charge["state"], (long)ended["capturedAmount"]!));
        Assert.Equal("CAPTURE_FUNDS_WAITING", (string?)Assert.Single(charge["funds"]!.AsArray())!["fundsState"]);
        Assert.Empty((await app.GetAsync("/api/operations/quarantine")).Json["events"]!.AsArray());
    }

    [Fact]
    public async Task Mutated_webhooks_are_never_an_error_and_never_change_anything_unsigned()
    {
        await using var app = await running.StartAnotherAsync();
        var id = await app.ActiveAgreementAsync();
        var agreement = (await app.GetAsync($"/api/agreements/{id}")).Json;
        var ppros = (string)agreement["paymentAgreementId"]!;
        byte[][] seeds =
        [
            Webhook.Event("PAYMENT_AGREEMENT_REVOKED_BY_CONSUMER", id, ppros, app.Now),
            Webhook.Event("PAYMENT_AGREEMENT_FAILED", id, ppros, app.Now),
        ];
        var random = new Random(20310115);

        for (var number = 0; number < 300; number++)
        {
            var body = Mutate.OneOf(seeds, random);
            var forged = random.Next(3) switch
            {
                0 => null,
                1 => Webhook.Sign([.. body, 0], app.Now),
                _ => Webhook.Sign(body, app.Now)[..random.Next(40)],
            };
            Assert.Equal(HttpStatusCode.Unauthorized, await app.DeliverAsync(body, forged));
        }

        Assert.Equal("ACTIVE", (string?)(await app.GetAsync($"/api/agreements/{id}")).Json["status"]);
        Assert.Empty((await app.GetAsync("/api/operations/quarantine")).Json["events"]!.AsArray());
        var stranger = Webhook.Event("REPORT_FAILED", null, "report_1", app.Now);
        var strange = Enumerable.Range(0, 30).Select(_ => Mutate.OneOf([stranger], random)).ToList();
        foreach (var body in strange)
        {
            Assert.Equal(HttpStatusCode.OK, await app.DeliverAsync(body, Webhook.Sign(body, app.Now)));
        }

        var names = strange.Select(NameOf).Distinct().Order().ToList();
        await Eventually.TrueAsync(
            async () =>
                (await app.GetAsync("/api/operations/quarantine")).Json["events"]!
                    .AsArray()
                    .Select(it => (string)it!["eventId"]!)
                    .Order()
                    .SequenceEqual(names),
            "every signed one is in quarantine, under its own name"
        );
    }

    private static string NameOf(byte[] raw) =>
        Ppro.PproEventReader.TryRead(raw, out var happened) ? happened.Id : Storage.Keys.OfBytes(raw);

    private static async Task<int> DeliveriesAsync(LocalApp app, string id) =>
        (await app.BooksAsync("events")).Single(it => (string?)it!["id"] == id)!["attempts"]!.AsArray().Count;

    private Task<HttpStatusCode> DeliverAsync(byte[] body, string? signature) =>
        running.App.DeliverAsync(body, signature);

    private Task<Answered> AnswerToAsync(byte[] body, string? signature) => running.App.AnswerToAsync(body, signature);

    private byte[] Event(string type, string? reference, string agreement) =>
        Webhook.Event(type, reference, agreement, running.App.Now);

    private string Sign(byte[] body, DateTimeOffset? at = null) => Webhook.Sign(body, at ?? running.App.Now);
}
