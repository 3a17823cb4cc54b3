using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Billing;
using TestKit;

namespace EndToEnd.Tests;

/// <summary>The operator's routes to quarantine, over HTTP and real storage (the README's promises 25, 32).</summary>
[Collection(EndToEndCollection.Name)]
public sealed class OperatingTheQuarantine(RunningApp running)
{
    private const string Path = "/api/operations/quarantine";
    private static readonly JsonObject Wish = new() { ["actor"] = "kim", ["reason"] = "the agreement is there now" };

    [Fact]
    public async Task An_event_that_came_too_early_is_seen_replayed_and_applied()
    {
        var key = $"order-{Guid.NewGuid():N}";
        var id = AgreementId.FromKey(key).Value;
        var body = Webhook.Event("PAYMENT_AGREEMENT_ACTIVE", id, agreement: null, running.App.Now);
        Assert.Equal(HttpStatusCode.OK, await running.App.DeliverAsync(body, Webhook.Sign(body, running.App.Now)));
        var kept = await SeeKeptAsync(Webhook.IdOf(body));
        await running.App.PostAsync("/api/agreements", Storefront.AgreementRequest(), key);

        var shown = await running.App.GetAsync($"{Path}/{kept["day"]}/{kept["id"]}");
        var replayed = await running.App.PostAsync($"{Path}/{kept["day"]}/{kept["id"]}/replay", Wish.DeepClone());
        var again = await running.App.PostAsync($"{Path}/{kept["day"]}/{kept["id"]}/replay", Wish.DeepClone());

        Assert.Equal(Encoding.UTF8.GetString(body), (string?)shown.Json["raw"]);
        Assert.Equal(1, (int)replayed.Json["applied"]!);
        Assert.Equal(HttpStatusCode.NotFound, again.Status);
        Assert.Equal("ACTIVE", (string?)(await running.App.GetAsync($"/api/agreements/{id}")).Json["status"]);
        var action = (await running.App.GetAsync(Path)).Json["actions"]!
            .AsArray()
            .Single(it => (string?)it!["subject"] == $"{kept["day"]}-{kept["id"]}")!;
        Assert.Equal(
            ("local:kim", "in quarantine: no such agreement", "applied"),
            ((string?)action["actor"], (string?)action["before"], (string?)action["after"])
        );
    }

    [Fact]
    public async Task All_are_replayed_and_a_strangers_event_is_left_over_with_its_reason()
    {
        await using var app = await running.StartAnotherAsync();
        var body = Webhook.Event("PAYMENT_AGREEMENT_ACTIVE", "someone else's", "agr_x", app.Now);
        await app.DeliverAsync(body, Webhook.Sign(body, app.Now));
        await SeeKeptAsync(Webhook.IdOf(body), app);

        var replayed = await app.PostAsync($"{Path}/replay", Wish.DeepClone());

        var left = Assert.Single(replayed.Json["left"]!.AsArray())!;
        Assert.Equal(Webhook.IdOf(body), (string?)left["eventId"]);
        Assert.Equal("it names no agreement of ours", (string?)left["reason"]);
        Assert.Equal(1, (int)left["tries"]!);
    }

    [Fact]
    public async Task Bad_wishes_and_addresses_are_refused_as_problems()
    {
        var nameless = await running.App.PostAsync($"{Path}/replay", new JsonObject { ["reason"] = "why not" });
        var nowhere = await running.App.PostAsync($"{Path}/20310115/unknown/replay", Wish.DeepClone());
        var unread = await running.App.GetAsync($"{Path}/yesterday/unknown");
        var paged = await running.App.GetAsync($"{Path}?pageToken=nonsense");

        Assert.Equal(HttpStatusCode.BadRequest, nameless.Status);
        Assert.NotNull(nameless.Json["errors"]!["/actor"]);
        Assert.Equal(HttpStatusCode.NotFound, nowhere.Status);
        Assert.Equal(HttpStatusCode.NotFound, unread.Status);
        Assert.Equal(HttpStatusCode.BadRequest, paged.Status);
        Assert.All([nameless, nowhere, unread, paged], it => Assert.Equal("application/problem+json", it.ContentType));
    }

    [Fact]
    public async Task Without_the_function_key_nothing_is_shown_or_done()
    {
        await using var app = await running.StartAnotherAsync(("LocalHost__FunctionKey", "a test key, no secret"));

        var listed = await app.GetAsync(Path);
        var shown = await app.GetAsync($"{Path}/20310115/Ev1");
        var one = await app.PostAsync($"{Path}/20310115/Ev1/replay", Wish.DeepClone());
        var all = await app.PostAsync($"{Path}/replay", Wish.DeepClone());

        Assert.All([listed, shown, one, all], it => Assert.Equal(HttpStatusCode.Unauthorized, it.Status));
    }

    private Task<JsonNode> SeeKeptAsync(string eventId, LocalApp? app = null) =>
        Eventually.GetAsync(
            async () =>
            {
                string? token = null;
                do
                {
                    var page = await (app ?? running.App).GetAsync(
                        token is null ? Path : $"{Path}?pageToken={Uri.EscapeDataString(token)}"
                    );
                    if (
                        page.Json["events"]!.AsArray().FirstOrDefault(it => (string?)it!["eventId"] == eventId) is
                        { } kept
                    )
                    {
                        return kept;
                    }

                    token = (string?)page.Json["nextPageToken"];
                } while (token is not null);

                return null;
            },
            $"{eventId} is in quarantine"
        );
}
