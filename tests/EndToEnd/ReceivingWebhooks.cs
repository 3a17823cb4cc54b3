using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using TestKit;

namespace EndToEnd.Tests;

/// <summary>Nothing unverified changes anything; a verified webhook is kept before it is thanked for.</summary>
[Collection(EndToEndCollection.Name)]
public sealed class ReceivingWebhooks(RunningApp running)
{
    private const string Secret = "test_only_signing_secret";

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
        Assert.DoesNotContain(Secret, running.App.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("key_sandbox", running.App.Output, StringComparison.Ordinal);
    }

    private async Task<HttpStatusCode> DeliverAsync(byte[] body, string? signature) =>
        (await AnswerToAsync(body, signature)).Status;

    private async Task<Answered> AnswerToAsync(byte[] body, string? signature)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/webhooks/ppro")
        {
            Content = new ByteArrayContent(body),
        };
        if (signature is not null)
        {
            request.Headers.TryAddWithoutValidation("PPRO-Signature", signature);
        }

        using var response = await running.App.Http.SendAsync(request);
        return await Answered.ReadAsync(response);
    }

    private byte[] Event(string type, string? reference, string agreement) =>
        Encoding.UTF8.GetBytes(
            new JsonObject
            {
                ["specversion"] = "1.0.2",
                ["id"] = Guid.NewGuid().ToString("N")[..21],
                ["type"] = type,
                ["subject"] = agreement,
                ["time"] = running.App.Now.ToString("O"),
                ["data"] = new JsonObject
                {
                    ["paymentAgreementId"] = agreement,
                    ["merchantPaymentAgreementReference"] = reference,
                },
            }.ToJsonString()
        );

    private string Sign(byte[] body, DateTimeOffset? at = null)
    {
        var time = (at ?? running.App.Now).ToUnixTimeSeconds();
        byte[] message = [.. Encoding.UTF8.GetBytes($"{time}."), .. body];
        return $"t={time},s={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), message))}";
    }
}
