using System.Net;
using System.Text.Json.Nodes;

namespace EndToEnd.Tests;

/// <summary>
/// The operator's guards (the README's promise 30): while one is closed no money moves, and nothing is lost.
/// </summary>
[Collection(EndToEndCollection.Name)]
public sealed class StoppingAllCharging(RunningApp running)
{
    private static readonly JsonObject Wish = new() { ["actor"] = "kim", ["reason"] = "a wrong price list" };

    [Fact]
    public async Task While_stopped_nothing_that_moves_money_leaves_and_afterwards_what_waited_is_done()
    {
        await using var app = await running.StartAnotherAsync();
        var id = await app.ActiveAgreementAsync(ChargingBySchedule.Monthly());
        await app.AdvanceAsync(TimeSpan.FromHours(1));
        var first = (await app.SeeAsync(id, it => (long)it["capturedAmount"]! > 0))["charges"]![0]!;

        var stopped = await app.PostAsync("/api/operations/charging/stop", Wish.DeepClone());
        Assert.True((bool)stopped.Json["isStopped"]!);
        var refund = await app.PostAsync(
            $"/api/agreements/{id}/payment-charges/{first["id"]}/refunds",
            new JsonObject { ["amount"] = 100, ["merchantRefundReference"] = "r-1" }
        );
        var single = await app.PostAsync(
            $"/api/agreements/{id}/payment-charges",
            Storefront.ChargeRequest(102, "single-1")
        );
        var create = await app.PostAsync("/api/agreements", FoundingPage.Agreement);
        await app.AdvanceAsync(TimeSpan.FromDays(31));

        Assert.All([refund, single, create], it => Assert.Equal(HttpStatusCode.ServiceUnavailable, it.Status));
        Assert.All([refund, single, create], it => Assert.NotNull(it.RetryAfter));
        Assert.Single(await app.ChargesAtPproAsync(id));
        Assert.Empty(await app.BooksAsync("refunds"));
        var health = (await app.GetAsync("/api/health")).Json;
        Assert.Equal("""{"isStopped":true,"isEnabled":true}""", health["charging"]!.ToJsonString());
        var told = (await app.GetAsync("/api/operations/charging")).Json["stop"]!;
        Assert.Equal(("local:kim", "a wrong price list"), ((string?)told["by"], (string?)told["reason"]));

        await app.PostAsync("/api/operations/charging/start", Wish.DeepClone());
        await app.AdvanceAsync(TimeSpan.FromDays(1));
        Assert.Equal(2, (await app.ChargesAtPproAsync(id)).Count);
        var shown = (await app.GetAsync("/api/operations/charging")).Json;
        Assert.Equal(["start", "stop"], shown["actions"]!.AsArray().Select(it => (string?)it!["action"]));
        Assert.All(shown["actions"]!.AsArray(), it => Assert.Equal("a wrong price list", (string?)it!["reason"]));
    }

    [Fact]
    public async Task A_stop_without_a_name_and_a_reason_is_refused()
    {
        var refused = await running.App.PostAsync("/api/operations/charging/stop", new JsonObject());

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Equal(["/actor", "/reason"], refused.Json["errors"]!.AsObject().Select(it => it.Key).Order());
        Assert.False((bool)(await running.App.GetAsync("/api/operations/charging")).Json["isStopped"]!);
    }

    [Fact]
    public async Task Above_a_cap_nothing_leaves_and_what_waits_is_charged_the_next_day()
    {
        await using var app = await running.StartAnotherAsync(("Charging__MaxChargesPerDay", "2"));
        var ids = new List<string>();
        for (var number = 0; number < 3; number++)
        {
            ids.Add(await app.ActiveAgreementAsync(ChargingBySchedule.Monthly()));
        }

        await app.AdvanceAsync(TimeSpan.FromHours(2));
        Assert.Equal(2, (await app.BooksAsync("charges")).Count);
        var single = await app.PostAsync(
            $"/api/agreements/{ids[0]}/payment-charges",
            Storefront.ChargeRequest(60, "s-1")
        );
        Assert.Equal(HttpStatusCode.ServiceUnavailable, single.Status);

        await app.AdvanceAsync(TimeSpan.FromDays(1));
        Assert.Equal(3, (await app.BooksAsync("charges")).Count);
        Assert.All(await Task.WhenAll(ids.Select(app.ChargesAtPproAsync)), it => Assert.Single(it));
    }

    [Fact]
    public async Task Wrong_credentials_stop_charging_until_a_read_succeeds()
    {
        await using var app = await running.StartAnotherAsync();
        var id = await app.ActiveAgreementAsync(ChargingBySchedule.Monthly());
        await app.PlayAsync(
            "faults",
            new
            {
                operation = "charge",
                kind = "401",
                count = 1,
            }
        );
        await app.PlayAsync("faults", new { operation = "readAgreement", kind = "401" });
        await app.PlayAsync(
            "faults",
            new
            {
                operation = "search",
                kind = "401",
                count = 2,
            }
        );

        await app.AdvanceAsync(TimeSpan.FromMinutes(4));
        var stop = (await app.GetAsync("/api/operations/charging")).Json["stop"]!;
        Assert.True((bool)stop["isAutomatic"]!);
        Assert.Empty(await app.ChargesAtPproAsync(id));

        await app.AdvanceAsync(TimeSpan.FromHours(1));
        Assert.False((bool)(await app.GetAsync("/api/health")).Json["charging"]!["isStopped"]!);
        Assert.Single(await app.ChargesAtPproAsync(id));
    }

    [Fact]
    public async Task A_tick_runs_beside_the_timer_without_harm()
    {
        await using var app = await running.StartAnotherAsync();
        var id = await app.ActiveAgreementAsync(ChargingBySchedule.Monthly());

        var unnamed = await app.PostAsync("/api/operations/tick", new JsonObject());
        var ticks = await Task.WhenAll(
            Enumerable.Range(0, 5).Select(_ => app.PostAsync("/api/operations/tick", Wish.DeepClone()))
        );
        await app.AdvanceAsync(TimeSpan.FromHours(1));

        Assert.Equal(HttpStatusCode.BadRequest, unnamed.Status);
        Assert.All(ticks, it => Assert.Equal(HttpStatusCode.OK, it.Status));
        Assert.Single(await app.ChargesAtPproAsync(id));
        var actions = (await app.GetAsync("/api/operations/charging")).Json["actions"]!.AsArray();
        Assert.NotEmpty(actions);
        Assert.All(actions, it => Assert.Equal(("tick", "local:kim"), ((string?)it!["action"], (string?)it["actor"])));
    }
}
