using System.Net;
using System.Text.Json.Nodes;

namespace EndToEnd.Tests;

/// <summary>A refund that cannot be is refused with the state that says why, and changes nothing.</summary>
[Collection(EndToEndCollection.Name)]
public sealed class RefusingRefunds(RunningApp running)
{
    [Fact]
    public async Task After_364_days_no_refund_leaves()
    {
        await using var app = await running.StartAnotherAsync();
        var charge = await app.CapturedChargeAsync(1_000);
        await app.AdvanceAsync(TimeSpan.FromDays(364));

        var late = await app.PostAsync($"{charge}/refunds", Storefront.RefundRequest(100), "late");

        Assert.Equal(
            (HttpStatusCode.Conflict, "urn:problem:refund-not-allowed"),
            (late.Status, (string?)late.Json["type"])
        );
        Assert.True((DateTimeOffset)late.Json["refundableUntil"]! <= app.Now);
        Assert.Empty(await app.RefundedAtPproAsync((await app.GetAsync(charge)).Json));
    }

    [Theory]
    [InlineData("{}", "/amount")]
    [InlineData("""{"amount":0}""", "/amount")]
    [InlineData("""{"amount":{"value":5,"currency":"KRW"}}""", "/amount")]
    [InlineData("""{"amount":5,"refundReason":"BORED"}""", "/refundReason")]
    public async Task A_wrong_refund_is_named(string body, string field)
    {
        var charge = await running.App.CapturedChargeAsync(1_000);

        var answered = await running.App.PostAsync($"{charge}/refunds", JsonNode.Parse(body)!, "wrong");

        Assert.Contains(field, ((JsonObject)answered.Json["errors"]!).Select(it => it.Key));
    }

    [Fact]
    public async Task A_name_of_ours_is_refused()
    {
        var charge = await running.App.CapturedChargeAsync(1_000);
        var ours = (string)
            (await running.App.PostAsync($"{charge}/refunds", Storefront.RefundRequest(100), "one")).Json[
                "merchantRefundReference"
            ]!;

        var refused = await running.App.PostAsync(
            $"{charge}/refunds",
            new JsonObject { ["amount"] = 100, ["merchantRefundReference"] = ours },
            "two"
        );

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("/merchantRefundReference", ((JsonObject)refused.Json["errors"]!).Select(it => it.Key));
    }

    [Fact]
    public async Task More_than_the_rest_is_refused_with_the_rest()
    {
        var charge = await running.App.CapturedChargeAsync(1_000);
        await running.App.PostAsync($"{charge}/refunds", Storefront.RefundRequest(300), "some");

        var refused = await running.App.PostAsync($"{charge}/refunds", Storefront.RefundRequest(701), "too-much");

        Assert.Equal(
            (HttpStatusCode.UnprocessableEntity, "urn:problem:refund-exceeds-rest"),
            (refused.Status, (string?)refused.Json["type"])
        );
        Assert.Equal(
            ("ACTIVE", "CAPTURED", 700),
            (
                (string?)refused.Json["agreementStatus"],
                (string?)refused.Json["chargeState"],
                (long)refused.Json["refundableAmount"]!
            )
        );
    }

    [Fact]
    public async Task While_one_is_not_decided_another_has_to_wait()
    {
        await using var app = await running.StartAnotherAsync(("PproSimulator__PendingRefundFor", "00:10:00"));
        var charge = await app.CapturedChargeAsync(1_000);
        await app.PostAsync($"{charge}/refunds", Storefront.RefundRequest(400), "first");

        var refused = await app.PostAsync($"{charge}/refunds", Storefront.RefundRequest(400), "second");

        Assert.Equal(
            (HttpStatusCode.Conflict, "urn:problem:refund-unsettled", 600),
            (refused.Status, (string?)refused.Json["type"], (long)refused.Json["refundableAmount"]!)
        );
        Assert.NotNull(refused.RetryAfter);
        Assert.Single(await app.BooksAsync("refunds"));
    }

    [Fact]
    public async Task Without_a_key_or_a_reference_nothing_is_refunded()
    {
        var charge = await running.App.CapturedChargeAsync(1_000);

        var refused = await running.App.PostAsync($"{charge}/refunds", Storefront.RefundRequest(100));

        Assert.Equal(
            (HttpStatusCode.BadRequest, "urn:problem:idempotency-key-required", "ACTIVE"),
            (refused.Status, (string?)refused.Json["type"], (string?)refused.Json["agreementStatus"])
        );
        Assert.Contains("merchantRefundReference", (string?)refused.Json["detail"], StringComparison.Ordinal);
        Assert.Empty((await running.App.GetAsync($"{charge}/refunds")).Json["refunds"]!.AsArray());
    }

    [Fact]
    public async Task What_was_not_captured_is_not_refunded()
    {
        await using var app = await running.StartAnotherAsync();
        var id = await app.ActiveAgreementAsync();
        await app.PlayAsync("decline", new { failureCode = "INSUFFICIENT_FUNDS" });
        var declined = await app.PostAsync(
            $"/api/agreements/{id}/payment-charges",
            Storefront.ChargeRequest(500, "DECLINED")
        );

        var refused = await app.PostAsync($"{declined.Location}/refunds", Storefront.RefundRequest(100), "nothing");

        Assert.Equal(
            (HttpStatusCode.Conflict, "urn:problem:refund-not-allowed", "DECLINED"),
            (refused.Status, (string?)refused.Json["type"], (string?)refused.Json["chargeState"])
        );
    }

    [Theory]
    [InlineData("20260101-1/refunds")]
    [InlineData("nonsense/refunds")]
    [InlineData("s-aaaaaaaaaaaaaaaaaaaaaaaaaa/refunds/aaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("20260101-1/refunds/..%2F20260101-1")]
    public async Task What_does_not_exist_is_not_found(string path)
    {
        var id = await running.App.ActiveAgreementAsync();

        var answered = await running.App.GetAsync($"/api/agreements/{id}/payment-charges/{path}");

        Assert.Equal(HttpStatusCode.NotFound, answered.Status);
        Assert.Equal("urn:problem:not-found", (string?)answered.Json["type"]);
    }
}
