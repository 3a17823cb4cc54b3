using System.Net;
using System.Text.Json.Nodes;

namespace EndToEnd.Tests;

/// <summary>
/// A deployment that was not told to charge charges nothing, whatever it finds in its storage; and nothing that it may
/// do waits for that.
/// </summary>
[Collection(EndToEndCollection.Name)]
public sealed class DeployingByAccident(RunningApp running)
{
    [Fact]
    public async Task Without_Charging_Enabled_nothing_that_moves_money_leaves_and_all_else_goes_on()
    {
        await using var app = await running.StartAnotherAsync();
        var plan = await app.ActiveAgreementAsync(Daily());
        var other = await app.ActiveAgreementAsync(Daily());
        await app.AdvanceAsync(TimeSpan.FromHours(1));
        var charged = (await app.BooksAsync("charges")).Count;

        await app.RestartAsync(("Charging__Enabled", "false"));
        await app.AdvanceAsync(TimeSpan.FromDays(1));
        var single = await app.PostAsync($"/api/agreements/{plan}/payment-charges", Storefront.ChargeRequest(102, "s"));
        var create = await app.PostAsync("/api/agreements", FoundingPage.Agreement);
        await app.PostAsync($"/api/agreements/{other}/cancel", new JsonObject { ["when"] = "NOW" });
        await app.AdvanceAsync(TimeSpan.FromHours(1));

        Assert.Equal(charged, (await app.BooksAsync("charges")).Count);
        Assert.All([single, create], it => Assert.Equal(HttpStatusCode.ServiceUnavailable, it.Status));
        Assert.Equal("ACTIVE", (string?)(await app.GetAsync($"/api/agreements/{plan}")).Json["status"]);
        await app.SeeAsync(other, it => (string?)it["status"] is "REVOKED_BY_MERCHANT");
        var health = (await app.GetAsync("/api/health")).Json["charging"]!;
        Assert.Equal("""{"isStopped":false,"isEnabled":false}""", health.ToJsonString());

        await app.RestartAsync(("Charging__Enabled", "true"));
        await app.AdvanceAsync(TimeSpan.FromHours(3));
        Assert.Equal(charged + 1, (await app.BooksAsync("charges")).Count);
    }

    private static JsonObject Daily()
    {
        var request = Storefront.AgreementRequest();
        request["frequency"] = new JsonObject { ["type"] = "DAILY" };
        return request;
    }
}
