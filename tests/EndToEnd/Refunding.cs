using System.Net;
using System.Text.Json.Nodes;
using TestKit;

namespace EndToEnd.Tests;

/// <summary>Full, partial, several; never more than was captured, never twice.</summary>
[Collection(EndToEndCollection.Name)]
public sealed class Refunding(RunningApp running)
{
    [Fact]
    public async Task Several_partial_refunds_and_then_no_more()
    {
        var charge = await running.App.CapturedChargeAsync(1_000);

        var first = await running.App.PostAsync($"{charge}/refunds", Storefront.RefundRequest(300), "first");
        var second = await running.App.PostAsync($"{charge}/refunds", Storefront.RefundRequest(700), "second");
        var third = await running.App.PostAsync($"{charge}/refunds", Storefront.RefundRequest(1), "third");

        Assert.Equal(("REFUNDED", "REFUNDED"), ((string?)first.Json["state"], (string?)second.Json["state"]));
        Assert.Equal($"{charge}/refunds/{first.Json["id"]}", first.Location?.OriginalString);
        Assert.Equal(first.Text, (await running.App.GetAsync(first.Location!.OriginalString)).Text);
        Assert.Equal(
            (HttpStatusCode.UnprocessableEntity, "urn:problem:refund-exceeds-rest"),
            (third.Status, (string?)third.Json["type"])
        );
        var seen = (await running.App.GetAsync(charge)).Json;
        Assert.Equal((1_000, 0), ((long)seen["refundedAmount"]!, (long)seen["refundableAmount"]!));
        Assert.Equal([300, 700], await running.App.RefundedAtPproAsync(seen));
    }

    [Theory]
    [InlineData("lostResponse")]
    [InlineData("500AfterEffect")]
    [InlineData("500")]
    [InlineData("reset")]
    [InlineData("429")]
    public async Task A_refund_is_made_exactly_once_whatever_its_first_send_meets(string fault)
    {
        await using var app = await running.StartAnotherAsync();
        var charge = await app.CapturedChargeAsync(1_000);
        await app.PlayAsync("webhooks", new { mode = "drop" });
        await app.PlayAsync("faults", new { operation = "refund", kind = fault });

        var asked = await app.PostAsync($"{charge}/refunds", Storefront.RefundRequest(400), "once");
        var meanwhile = await app.PostAsync($"{charge}/refunds", Storefront.RefundRequest(400), "another");
        Assert.NotNull(meanwhile.RetryAfter);
        await app.AdvanceAsync(TimeSpan.FromHours(1));

        Assert.Equal(HttpStatusCode.Accepted, asked.Status);
        Assert.Equal("urn:problem:refund-unsettled", (string?)meanwhile.Json["type"]);
        var list = (await app.GetAsync($"{charge}/refunds")).Json["refunds"]!.AsArray();
        Assert.Equal("REFUNDED", (string?)list.Single()!["state"]);
        Assert.Equal([400], await app.RefundedAtPproAsync((await app.GetAsync(charge)).Json));
    }

    [Fact]
    public async Task Many_refunds_at_once_never_exceed_what_was_captured()
    {
        var charge = await running.App.CapturedChargeAsync(1_000);

        await Task.WhenAll(
            Enumerable
                .Range(0, 6)
                .Select(number =>
                    running.App.PostAsync($"{charge}/refunds", Storefront.RefundRequest(600), $"at-once-{number}")
                )
        );

        Assert.Equal([600], await running.App.RefundedAtPproAsync((await running.App.GetAsync(charge)).Json));
    }

    [Fact]
    public async Task The_same_key_refunds_once_and_another_body_is_refused()
    {
        var charge = await running.App.CapturedChargeAsync(1_000);

        var first = await running.App.PostAsync($"{charge}/refunds", Storefront.RefundRequest(100), "same");
        var second = await running.App.PostAsync($"{charge}/refunds", Storefront.RefundRequest(100), "same");
        var other = await running.App.PostAsync($"{charge}/refunds", Storefront.RefundRequest(200), "same");

        Assert.Equal((string?)first.Json["id"], (string?)second.Json["id"]);
        Assert.Equal("urn:problem:idempotency-key-reused", (string?)other.Json["type"]);
        Assert.Equal([100], await running.App.RefundedAtPproAsync((await running.App.GetAsync(charge)).Json));
    }

    [Fact]
    public async Task A_refund_that_PPRO_declines_frees_what_it_reserved()
    {
        await using var app = await running.StartAnotherAsync();
        var charge = await app.CapturedChargeAsync(1_000);
        await AtPproAsync(app, (await app.GetAsync(charge)).Json, 900, "PORTAL-1", dropped: true);

        var refused = await app.PostAsync($"{charge}/refunds", Storefront.RefundRequest(500), "too-much-at-ppro");

        Assert.Equal("FAILED", (string?)refused.Json["state"]);
        Assert.Equal("EXCEEDS_REFUNDABLE_AMOUNT", (string?)refused.Json["failure"]!["failureCode"]);
        Assert.Equal(1_000, (long)(await app.GetAsync(charge)).Json["refundableAmount"]!);
    }

    [Fact]
    public async Task A_refund_made_in_PPROs_portal_is_adopted_once()
    {
        await using var app = await running.StartAnotherAsync();
        var charge = await app.CapturedChargeAsync(1_000);
        await app.PlayAsync("webhooks", new { mode = "duplicate" });

        await AtPproAsync(app, (await app.GetAsync(charge)).Json, 250, "PORTAL-2", dropped: false);
        await Eventually.TrueAsync(
            async () => (long?)(await app.GetAsync(charge)).Json["refundedAmount"] is 250,
            "the refund is adopted"
        );
        await app.AdvanceAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(750, (long)(await app.GetAsync(charge)).Json["refundableAmount"]!);
    }

    [Fact]
    public async Task A_name_that_was_used_in_PPROs_portal_is_taken()
    {
        await using var app = await running.StartAnotherAsync();
        var charge = await app.CapturedChargeAsync(1_000);
        await AtPproAsync(app, (await app.GetAsync(charge)).Json, 250, "RETURN-7", dropped: false);
        await Eventually.TrueAsync(
            async () => (long?)(await app.GetAsync(charge)).Json["refundedAmount"] is 250,
            "the refund is adopted"
        );
        var request = Storefront.RefundRequest(250);
        request["merchantRefundReference"] = "RETURN-7";

        var refused = await app.PostAsync($"{charge}/refunds", request, "the-same-return");

        Assert.Equal("urn:problem:reference-taken", (string?)refused.Json["type"]);
        Assert.Equal([250], await app.RefundedAtPproAsync((await app.GetAsync(charge)).Json));
    }

    [Theory]
    [InlineData("RETRY_REFUND_LATER", "00:40:00")]
    [InlineData("REFUND_BLOCKED_TEMPORARILY", "1.01:00:00")]
    public async Task A_refund_that_PPRO_wants_later_is_asked_for_again_under_a_new_reference(string code, string wait)
    {
        await using var app = await running.StartAnotherAsync();
        var charge = await app.CapturedChargeAsync(1_000);
        await app.PlayAsync(
            "decline",
            new
            {
                operation = "refund",
                failureCode = code,
                count = 1,
            }
        );

        var asked = await app.PostAsync($"{charge}/refunds", Storefront.RefundRequest(400), "later");
        Assert.Equal("DEFERRED", (string?)asked.Json["state"]);
        Assert.Equal(600, (long)(await app.GetAsync(charge)).Json["refundableAmount"]!);
        Assert.Equal(
            HttpStatusCode.Conflict,
            (await app.PostAsync($"{charge}/refunds", Storefront.RefundRequest(1), "other")).Status
        );
        await app.AdvanceAsync(TimeSpan.Parse(wait));

        var refunds = (await app.GetAsync($"{charge}/refunds")).Json["refunds"]!.AsArray();
        var (first, second) = (
            refunds.Single(it => (string?)it!["state"] is "FAILED")!,
            refunds.Single(it => (string?)it!["state"] is "REFUNDED")!
        );
        Assert.Equal((string?)second["id"], (string?)first["retriedAs"]);
        Assert.EndsWith($"-r-{first["id"]}-2", (string?)second["merchantRefundReference"], StringComparison.Ordinal);
        Assert.Equal(600, (long)(await app.GetAsync(charge)).Json["refundableAmount"]!);
        Assert.Equal([400], await app.RefundedAtPproAsync((await app.GetAsync(charge)).Json));
    }

    [Fact]
    public async Task A_pending_refund_that_fails_after_all_frees_what_it_held()
    {
        await using var app = await running.StartAnotherAsync(("PproSimulator__PendingRefundFor", "00:10:00"));
        var charge = await app.CapturedChargeAsync(1_000);
        await app.PlayAsync("decline", new { operation = "refund", failureCode = "REFUND_NOT_SUPPORTED" });

        var asked = await app.PostAsync($"{charge}/refunds", Storefront.RefundRequest(400), "pending");
        Assert.Equal((HttpStatusCode.Accepted, "PENDING"), (asked.Status, (string?)asked.Json["state"]));
        Assert.Equal(600, (long)(await app.GetAsync(charge)).Json["refundableAmount"]!);
        await app.AdvanceAsync(TimeSpan.FromMinutes(30));

        var refund = (await app.GetAsync($"{charge}/refunds")).Json["refunds"]![0]!;
        Assert.Equal("REFUND_NOT_SUPPORTED", (string?)refund["failure"]!["failureCode"]);
        Assert.Equal(1_000, (long)(await app.GetAsync(charge)).Json["refundableAmount"]!);
    }

    /// <summary>Someone refunds at PPRO, past us.</summary>
    private static async Task AtPproAsync(LocalApp app, JsonNode charge, long amount, string reference, bool dropped)
    {
        if (dropped)
        {
            await app.PlayAsync("webhooks", new { mode = "drop" });
        }

        using var request = new HttpRequestMessage(
            HttpMethod.Post,
            $"/v1/payment-charges/{charge["paymentChargeId"]}/refunds"
        )
        {
            Content = new StringContent(
                $$"""{"amount":{{amount}},"merchantRefundReference":"{{reference}}"}""",
                null,
                "application/json"
            ),
        };
        request.Headers.Add("Authorization", "Bearer key_sandbox_test_only_not_a_secret");
        request.Headers.Add("Merchant-Id", "merch_test_only");
        using var response = await app.Ppro.SendAsync(request);
        response.EnsureSuccessStatusCode();
    }
}
