using System.Net;
using System.Text.Json.Nodes;
using TestKit;

namespace EndToEnd.Tests;

/// <summary>The shop tries a period again, lets one go, or charges one that was left out.</summary>
[Collection(PassingTimeCollection.Name)]
public sealed class ChargingAPeriodByHand(RunningApp running)
{
    private const string First = "20310115";

    [Fact]
    public async Task A_period_that_was_declined_for_good_is_tried_again_once_for_one_key()
    {
        await using var app = await running.StartAnotherAsync();
        var id = await DeclinedAsync(app, "SUS_FRAUD", isRetryable: false);
        Assert.Equal("PAST_DUE", (string?)(await app.GetAsync($"/api/agreements/{id}")).Json["billingState"]);

        var retried = await RetryAsync(app, id, "again-1");
        var repeated = await RetryAsync(app, id, "again-1");
        var more = await RetryAsync(app, id, "again-2");

        Assert.Equal((HttpStatusCode.Created, "CAPTURED"), (retried.Status, (string?)retried.Json["state"]));
        Assert.Equal($"{First}-2", (string?)retried.Json["id"]);
        Assert.Equal(retried.Text, repeated.Text);
        Assert.Equal(HttpStatusCode.Conflict, more.Status);
        Assert.Equal(2, (await app.ChargesAtPproAsync(id)).Count);
        Assert.Equal("CURRENT", (string?)(await app.GetAsync($"/api/agreements/{id}")).Json["billingState"]);
    }

    [Fact]
    public async Task A_retry_needs_a_key_and_a_period_that_was_tried()
    {
        var id = await running.App.ActiveAgreementAsync(ChargingBySchedule.Monthly());
        var path = $"/api/agreements/{id}/periods";

        Assert.Equal(HttpStatusCode.BadRequest, (await running.App.PostAsync($"{path}/{First}/retry", [])).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await running.App.PostAsync($"{path}/20310116/retry", [], "k")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await running.App.PostAsync($"{path}/tomorrow/retry", [], "k")).Status);
    }

    [Fact]
    public async Task A_period_in_dunning_that_is_let_go_is_tried_no_more_and_says_why()
    {
        await using var app = await running.StartAnotherAsync();
        var id = await DeclinedAsync(app, "INSUFFICIENT_FUNDS", isRetryable: true);

        var skipped = await SkipAsync(app, id, First, "goodwill");
        await app.AdvanceAsync(TimeSpan.FromDays(10));

        Assert.Equal((HttpStatusCode.OK, "CURRENT"), (skipped.Status, (string?)skipped.Json["billingState"]));
        var agreement = (await app.GetAsync($"/api/agreements/{id}")).Json;
        Assert.Equal("goodwill", (string?)agreement["skippedPeriods"]![0]!["reason"]);
        Assert.Single(await app.ChargesAtPproAsync(id));
    }

    [Fact]
    public async Task The_next_period_may_be_left_out_and_charged_later_after_all()
    {
        await using var app = await running.StartAnotherAsync();
        var id = await app.ActiveAgreementAsync(ChargingBySchedule.Monthly());
        await app.AdvanceAsync(TimeSpan.FromDays(1));
        Assert.Equal(HttpStatusCode.OK, (await SkipAsync(app, id, "20310215", "a present")).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await SkipAsync(app, id, First, "paid already")).Status);
        var path = $"/api/agreements/{id}/payment-charges";
        var charge = Storefront.ChargeRequest(5000);
        charge["forPeriod"] = "2031-02-15";
        Assert.Equal(HttpStatusCode.Conflict, (await app.PostAsync(path, charge, "early")).Status);

        await app.AdvanceAsync(TimeSpan.FromDays(40));
        Assert.Single(await app.ChargesAtPproAsync(id));
        var late = await app.PostAsync(path, charge, "late");

        Assert.Equal((HttpStatusCode.Created, "20310215-1"), (late.Status, (string?)late.Json["id"]));
        Assert.Equal("2031-02-15", (string?)late.Json["period"]);
        await app.AdvanceAsync(TimeSpan.FromDays(20));
        Assert.Equal(3, (await app.ChargesAtPproAsync(id)).Count);
    }

    [Fact]
    public async Task A_charge_for_a_period_has_our_reference()
    {
        var id = await running.App.ActiveAgreementAsync(ChargingBySchedule.Monthly());
        var charge = Storefront.ChargeRequest(5000, "mine");
        charge["forPeriod"] = "2031-01-15";

        var refused = await running.App.PostAsync($"/api/agreements/{id}/payment-charges", charge, "k");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.NotNull(refused.Json["errors"]!["/merchantPaymentChargeReference"]);
    }

    private static async Task<string> DeclinedAsync(LocalApp app, string failureCode, bool isRetryable)
    {
        await app.PlayAsync(
            "decline",
            new
            {
                failureCode,
                isRetryable,
                count = 1,
            }
        );
        var id = await app.ActiveAgreementAsync(ChargingBySchedule.Monthly());
        await app.AdvanceAsync(TimeSpan.FromHours(1));
        return id;
    }

    private static Task<Answered> RetryAsync(LocalApp app, string id, string key) =>
        app.PostAsync($"/api/agreements/{id}/periods/{First}/retry", [], key);

    private static Task<Answered> SkipAsync(LocalApp app, string id, string period, string reason) =>
        app.PostAsync($"/api/agreements/{id}/periods/{period}/skip", new JsonObject { ["reason"] = reason });
}
