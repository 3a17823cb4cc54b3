using System.Net;
using System.Text.Json.Nodes;

namespace EndToEnd.Tests;

/// <summary>A change that cannot be is refused with the agreement's state, and changes nothing.</summary>
[Collection(EndToEndCollection.Name)]
public sealed class RefusingChanges(RunningApp running)
{
    [Theory]
    [InlineData("""{"amount":{"value":49,"currency":"KRW"}}""", 422, "/amount/value")]
    [InlineData("""{"amount":{"value":2000001,"currency":"KRW"}}""", 422, "/amount/value")]
    [InlineData("""{"amount":{"value":100,"currency":"USD"}}""", 422, "/amount/currency")]
    [InlineData("""{"amount":100}""", 400, "/amount")]
    [InlineData("""{"frequency":{"type":"HOURLY"}}""", 422, "/frequency/type")]
    [InlineData("""{"frequency":{"type":"DAILY","interval":1001}}""", 422, "/frequency/interval")]
    [InlineData("""{"price":1}""", 422, "/price")]
    [InlineData("""{"endDate":"2020-01-01T00:00:00Z"}""", 422, "/endDate")]
    [InlineData("""{"endDate":"2030-01-01"}""", 400, "/endDate")]
    [InlineData("""{"maxCharges":0}""", 422, "/maxCharges")]
    [InlineData("""{"maxCharges":"12"}""", 400, "/maxCharges")]
    [InlineData("{}", 400, "")]
    public async Task A_wrong_change_is_named_and_changes_nothing(string body, int status, string field)
    {
        var id = await running.App.ActiveAgreementAsync(ChargingBySchedule.Monthly());

        var answered = await running.App.PatchAsync($"/api/agreements/{id}", JsonNode.Parse(body)!);

        Assert.Equal(status, (int)answered.Status);
        Assert.Contains(field, ((JsonObject)answered.Json["errors"]!).Select(it => it.Key));
        Assert.Equal("ACTIVE", (string?)answered.Json["agreementStatus"]);
        var seen = (await running.App.GetAsync($"/api/agreements/{id}")).Json;
        Assert.Equal((null, "MONTHLY"), ((string?)seen["price"], (string?)seen["frequency"]!["type"]));
    }

    [Fact]
    public async Task What_has_no_schedule_has_none_to_change()
    {
        var id = await running.App.ActiveAgreementAsync();

        var patched = await running.App.PatchAsync(
            $"/api/agreements/{id}",
            JsonNode.Parse("""{"amount":{"value":100,"currency":"KRW"}}""")!
        );
        var paused = await running.App.PostAsync($"/api/agreements/{id}/pause", new JsonObject());

        Assert.Contains("/amount", ((JsonObject)patched.Json["errors"]!).Select(it => it.Key));
        Assert.Equal("UNSCHEDULED", (string?)patched.Json["billingState"]);
        Assert.Equal((HttpStatusCode.Conflict, "UNSCHEDULED"), (paused.Status, (string?)paused.Json["billingState"]));
    }

    [Fact]
    public async Task There_is_no_cancel_to_take_back_where_none_is_scheduled_or_it_has_happened()
    {
        var id = await running.App.ActiveAgreementAsync(ChargingBySchedule.Monthly());

        var none = await running.App.PostAsync($"/api/agreements/{id}/uncancel", new JsonObject());
        await running.App.PostAsync($"/api/agreements/{id}/cancel", new JsonObject());
        var late = await running.App.PostAsync($"/api/agreements/{id}/uncancel", new JsonObject());

        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.Conflict), (none.Status, late.Status));
        Assert.Equal("urn:problem:nothing-to-take-back", (string?)late.Json["type"]);
        Assert.Contains("has ended", (string?)late.Json["detail"], StringComparison.Ordinal);
        var unknown = await running.App.PostAsync($"/api/agreements/{id[1..]}x/uncancel", new JsonObject());
        Assert.Equal(HttpStatusCode.NotFound, unknown.Status);
    }

    [Fact]
    public async Task Cancelled_at_period_end_twice_is_a_conflict_and_cancelled_now_is_not()
    {
        var request = ChargingBySchedule.Monthly();
        request["initialPaymentCharge"] = Storefront.ChargeRequest(101);
        var id = await running.App.ActiveAgreementAsync(request);
        var atPeriodEnd = new JsonObject { ["when"] = "PERIOD_END" };

        var first = await running.App.PostAsync($"/api/agreements/{id}/cancel", atPeriodEnd.DeepClone());
        var second = await running.App.PostAsync($"/api/agreements/{id}/cancel", atPeriodEnd.DeepClone());
        var now = await running.App.PostAsync($"/api/agreements/{id}/cancel", new JsonObject());

        Assert.Equal(
            [HttpStatusCode.OK, HttpStatusCode.Conflict, HttpStatusCode.OK],
            [first.Status, second.Status, now.Status]
        );
        Assert.Equal("urn:problem:nothing-to-change", (string?)second.Json["type"]);
        Assert.Equal("STOREFRONT", (string?)now.Json["ending"]!["by"]);
    }

    [Theory]
    [InlineData("""{"when":"TOMORROW"}""", 422, "/when")]
    [InlineData("""{"when":1}""", 400, "/when")]
    [InlineData("""{"because":"x"}""", 422, "/because")]
    public async Task A_wrong_cancel_is_named_and_cancels_nothing(string body, int status, string field)
    {
        var id = await running.App.ActiveAgreementAsync();

        var answered = await running.App.PostAsync($"/api/agreements/{id}/cancel", JsonNode.Parse(body)!);

        Assert.Equal(status, (int)answered.Status);
        Assert.Contains(field, ((JsonObject)answered.Json["errors"]!).Select(it => it.Key));
        Assert.Null((await running.App.GetAsync($"/api/agreements/{id}")).Json["ending"]);
    }

    [Theory]
    [InlineData("POST", "pause")]
    [InlineData("POST", "resume")]
    [InlineData("POST", "cancel")]
    [InlineData("POST", "payment-charges")]
    [InlineData("POST", "payment-charges/20260101-1/refunds")]
    [InlineData("POST", "periods/20260101/retry")]
    [InlineData("POST", "periods/20260101/skip")]
    [InlineData("PATCH", "")]
    public async Task What_is_unknown_cannot_be_changed(string method, string what)
    {
        var path = $"/api/agreements/{new string('a', 26)}/{what}".TrimEnd('/');
        JsonObject body = what.EndsWith("skip", StringComparison.Ordinal)
            ? new() { ["reason"] = "a gift" }
            : new JsonObject();

        var answered = method is "PATCH"
            ? await running.App.PatchAsync(path, body)
            : await running.App.PostAsync(path, body, "a-key");

        Assert.Equal(HttpStatusCode.NotFound, answered.Status);
        Assert.Equal("urn:problem:not-found", (string?)answered.Json["type"]);
    }
}
