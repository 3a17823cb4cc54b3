using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using TestKit;

namespace EndToEnd.Tests;

/// <summary>
/// What the daily walk finds, and what an operator does about it; with every webhook lost, so that nothing else could
/// have found it.
/// </summary>
[Collection(PassingTimeCollection.Name)]
public sealed class OperatingTheWalk(RunningApp running)
{
    private static readonly JsonObject Wish = new() { ["actor"] = "kim", ["reason"] = "made by hand in May" };

    [Fact]
    public async Task The_hourly_walk_compares_with_PPRO_and_keeps_what_nobody_can_explain()
    {
        await using var app = await running.StartAnotherAsync();
        var id = await app.ActiveAgreementAsync(ChargingBySchedule.Monthly());
        await app.AdvanceAsync(TimeSpan.FromHours(1));
        await app.PlayAsync("webhooks", new { mode = "drop" });
        var agreement = (string)(await app.BooksAsync("agreements")).Single()!["id"]!;
        var charge = (string)(await app.BooksAsync("charges")).Single()!["id"]!;
        await PostToPproAsync(app, $"payment-agreements/{agreement}/payment-charges", Storefront.ChargeRequest(70));
        await PostToPproAsync(app, $"payment-charges/{charge}/refunds", new() { ["amount"] = 900 });

        await app.AdvanceAsync(TimeSpan.FromHours(25));

        var walk = (await app.GetAsync("/api/operations/walk")).Json;
        Assert.NotNull(walk["finishedAt"]);
        Assert.Equal((1, 0), ((int)walk["counts"]!["visited"]!, (int)walk["counts"]!["rearmed"]!));
        Assert.Equal(900, (long)(await app.GetAsync($"/api/agreements/{id}")).Json["refundedAmount"]!);
        var listed = (await app.GetAsync("/api/operations/exceptions")).Json["exceptions"]!.AsArray();
        var exception = Assert.Single(listed)!;
        Assert.Equal(id, (string?)exception["agreement"]);
        Assert.Contains("that we never made", (string?)exception["reason"], StringComparison.Ordinal);

        var closed = await app.PostAsync($"/api/operations/exceptions/{exception["id"]}/close", Wish.DeepClone());
        Assert.Equal(HttpStatusCode.OK, closed.Status);
        await app.AdvanceAsync(TimeSpan.FromHours(25));

        var after = (await app.GetAsync("/api/operations/exceptions")).Json;
        Assert.Empty(after["exceptions"]!.AsArray());
        var action = Assert.Single(after["actions"]!.AsArray())!;
        Assert.Equal(("local:kim", "close"), ((string?)action["actor"], (string?)action["action"]));
        Assert.StartsWith("open: ", (string?)action["before"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_agreement_is_checked_on_demand()
    {
        await using var app = await running.StartAnotherAsync();
        var id = await app.ActiveAgreementAsync(ChargingBySchedule.Monthly());
        await app.AdvanceAsync(TimeSpan.FromHours(1));
        var charge = (string)(await app.BooksAsync("charges")).Single()!["id"]!;
        await app.PlayAsync("webhooks", new { mode = "drop" });
        await PostToPproAsync(app, $"payment-charges/{charge}/refunds", new() { ["amount"] = 900 });

        var answer = await app.PostAsync($"/api/operations/agreements/{id}/recheck", Wish.DeepClone());

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.True((bool)answer.Json["isCompared"]!);
        Assert.All(answer.Json["findings"]!.AsArray(), it => Assert.Equal("MATCHED", (string?)it!["standing"]));
        Assert.Equal(900, (long)(await app.GetAsync($"/api/agreements/{id}")).Json["refundedAmount"]!);
    }

    [Theory]
    [InlineData("/api/operations/agreements/nosuchagreement/recheck", HttpStatusCode.NotFound)]
    [InlineData("/api/operations/exceptions/no-such-exception/close", HttpStatusCode.NotFound)]
    [InlineData("/api/operations/exceptions/%2e%2e/close", HttpStatusCode.NotFound)]
    public async Task What_is_not_there_is_not_found(string path, HttpStatusCode expected) =>
        Assert.Equal(expected, (await running.App.PostAsync(path, Wish.DeepClone())).Status);

    [Fact]
    public async Task An_action_without_a_name_and_a_reason_is_refused()
    {
        foreach (var path in (string[])["agreements/x/recheck", "exceptions/x/close"])
        {
            var refused = await running.App.PostAsync($"/api/operations/{path}", new JsonObject());
            Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
            Assert.Equal(["/actor", "/reason"], refused.Json["errors"]!.AsObject().Select(it => it.Key).Order());
        }

        var token = await running.App.GetAsync("/api/operations/exceptions?pageToken=../x");
        Assert.Equal(HttpStatusCode.BadRequest, token.Status);
    }

    /// <summary>Someone else with our credentials.</summary>
    private static async Task PostToPproAsync(LocalApp app, string path, JsonObject body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/{path}")
        {
            Content = new StringContent(
                body.ToJsonString(),
                Encoding.UTF8,
                new MediaTypeHeaderValue("application/json")
            ),
        };
        request.Headers.Authorization = new("Bearer", "key_sandbox_test_only_not_a_secret");
        request.Headers.Add("Merchant-Id", "merch_test_only");
        request.Headers.Add("Request-Idempotency-Key", Guid.NewGuid().ToString());
        using var answer = await app.Ppro.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }
}
