using System.Text;
using System.Text.Json.Nodes;
using Billing;
using Flows.Operations;
using Flows.Replies;
using Flows.Requests;
using JourneyKit;
using Storage;

namespace Unit.Tests.JourneyTests;

/// <summary>An operator looks into quarantine and replays what lies there (the README's promises 24, 25, 32).</summary>
public sealed class OperatingQuarantine : IDisposable
{
    private static readonly byte[] Wish = """{"actor":"kim","reason":"PPRO is back"}"""u8.ToArray();
    private readonly MemoryWorld world = new();

    public void Dispose() => world.Dispose();

    [Fact]
    public async Task An_event_in_quarantine_is_listed_without_and_shown_with_its_bytes()
    {
        await world.TakeInAsync("REPORT_FAILED", "report_1", "\"reportId\":\"report_1\"", "Ev1");

        var listed = (await ListAsync())["events"]!.AsArray().Single()!;
        var shown = await ReadAsync(
            world.Get<ShowQuarantine>().GetAsync((string)listed["day"]!, (string)listed["id"]!, default)
        );

        Assert.Equal(("Ev1", "REPORT_FAILED"), ((string?)listed["eventId"], (string?)listed["type"]));
        Assert.Null(listed["raw"]);
        Assert.Equal("Ev1", (string?)JsonNode.Parse((string)shown["raw"]!)!["id"]);
        Assert.NotNull(shown["receivedAt"]);
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_shown_in_base64()
    {
        await world.ReceiveAsync([0xff, 0xfe]);
        await world.Host.SettleAsync();
        var kept = Assert.Single(await world.QuarantinedAsync());

        var shown = await ReadAsync(world.Get<ShowQuarantine>().GetAsync(kept.Key.Day, kept.Key.Id, default));

        Assert.Equal("unreadable", (string?)shown["reason"]);
        Assert.Equal("//4=", (string?)shown["rawBase64"]);
    }

    [Fact]
    public async Task A_replayed_event_is_applied_leaves_quarantine_and_says_who_asked()
    {
        var (id, kept) = await QuarantineARevocationAsync();

        var reply = await ReplayAsync(kept.Key);

        Assert.Equal((1, 0), ((int)reply["applied"]!, reply["left"]!.AsArray().Count));
        Assert.Equal(AgreementStatus.RevokedByProvider, (await world.FindAsync(id)).Status);
        Assert.Empty(await world.QuarantinedAsync());
        var action = (await ListAsync())["actions"]!.AsArray().Single()!;
        Assert.Equal(("local:kim", "PPRO is back"), ((string?)action["actor"], (string?)action["reason"]));
        Assert.Equal("in quarantine: failed: HttpRequestException", (string?)action["before"]);
        Assert.Equal("applied", (string?)action["after"]);
        Assert.Equal(kept.Key.ToString(), (string?)action["subject"]);
    }

    [Fact]
    public async Task A_replay_that_runs_twice_at_once_or_again_has_one_effect()
    {
        var (id, kept) = await QuarantineARevocationAsync();
        var before = (await world.FindAsync(id)).Version;

        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => OneAsync(kept.Key))));
        var again = await OneAsync(kept.Key);

        Assert.All(replies, it => Assert.True(it.Status is 200 or 404));
        Assert.Contains(replies, it => it.Status is 200);
        Assert.Equal(404, again.Status);
        Assert.Equal(before + 1, (await world.FindAsync(id)).Version);
        Assert.Empty(await world.QuarantinedAsync());
    }

    [Fact]
    public async Task What_cannot_be_applied_stays_with_the_newest_reason_and_the_count_of_its_tries()
    {
        world.Break("readAgreement", "504", 7);
        await world.TakeInAsync("PAYMENT_AGREEMENT_ACTIVE", "agr_x", "\"paymentAgreementId\":\"agr_x\"");
        await TakeFromPoisonAsync();
        var kept = Assert.Single(await world.QuarantinedAsync());
        await ReplayAsync(kept.Key);
        Assert.Equal("failed: HttpRequestException", Assert.Single(await world.QuarantinedAsync()).Reason);

        var reply = await ReplayAsync(kept.Key);

        var left = Assert.Single(await world.QuarantinedAsync());
        Assert.Equal(("it names no agreement of ours", 2), (left.Reason, left.Tries));
        Assert.Equal(world.Clock.GetUtcNow(), left.TriedAt);
        Assert.Equal(kept.Raw.ToArray(), left.Raw.ToArray());
        Assert.Equal(2, (int)reply["left"]!.AsArray().Single()!["tries"]!);
    }

    [Fact]
    public async Task Every_one_of_two_tries_at_once_counts()
    {
        await world.TakeInAsync("REPORT_FAILED", "report_1", "\"reportId\":\"report_1\"", "Ev1");
        var key = Assert.Single(await world.QuarantinedAsync()).Key;

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => OneAsync(key))));

        Assert.Equal(4, Assert.Single(await world.QuarantinedAsync()).Tries);
    }

    [Fact]
    public async Task An_event_that_comes_again_keeps_the_count_of_its_tries()
    {
        var body = world.EventBody("REPORT_FAILED", "report_1", "\"reportId\":\"report_1\"", "Ev1");
        await world.ReceiveAsync(body);
        await world.Host.SettleAsync();
        await ReplayAsync(Assert.Single(await world.QuarantinedAsync()).Key);

        await world.ReceiveAsync(body);
        await world.Host.SettleAsync();

        Assert.Equal(1, Assert.Single(await world.QuarantinedAsync()).Tries);
    }

    [Fact]
    public async Task All_are_replayed_page_by_page_and_what_is_left_is_told()
    {
        foreach (var day in Enumerable.Range(0, 3))
        {
            world.Clock.AdvanceTo(world.Clock.GetUtcNow().AddDays(1));
            foreach (var number in Enumerable.Range(0, 30))
            {
                await world.TakeInAsync("REPORT_FAILED", "report_1", "\"reportId\":\"r\"", $"Ev{day}-{number}");
            }
        }

        var (id, _) = await QuarantineARevocationAsync();
        var first = await ReadAsync(world.Get<ReplayQuarantine>().AllAsync(WhoAsks.AtThisMachine, null, Wish, default));
        var token = (string)first["nextPageToken"]!;
        var second = await ReadAsync(
            world.Get<ReplayQuarantine>().AllAsync(WhoAsks.AtThisMachine, token, Wish, default)
        );

        Assert.Equal((0, 50), ((int)first["applied"]!, first["left"]!.AsArray().Count));
        Assert.Equal((1, 40), ((int)second["applied"]!, second["left"]!.AsArray().Count));
        Assert.Null(second["nextPageToken"]);
        Assert.Equal(AgreementStatus.RevokedByProvider, (await world.FindAsync(id)).Status);
        Assert.All(await world.QuarantinedAsync(), it => Assert.Equal(1, it.Tries));
    }

    [Fact]
    public async Task Pages_list_every_event_once_and_in_order()
    {
        foreach (var number in Enumerable.Range(0, 120))
        {
            world.Clock.AdvanceTo(world.Clock.GetUtcNow().AddHours(5));
            await world.TakeInAsync("REPORT_FAILED", "report_1", "\"reportId\":\"r\"", $"Ev{number}");
        }

        List<string> seen = [];
        for (string? token = null, page = "first"; page is not null; page = token)
        {
            var view = await ListAsync(token);
            seen.AddRange(view["events"]!.AsArray().Select(it => (string)it!["eventId"]!));
            token = (string?)view["nextPageToken"];
        }

        Assert.Equal((await world.QuarantinedAsync()).Select(it => it.EventId), seen);
        Assert.Equal(120, seen.Distinct().Count());
    }

    [Fact]
    public async Task What_our_receiver_did_not_write_is_never_applied()
    {
        var id = await world.ActiveAsync();
        var forged = world.EventBody(
            "PAYMENT_AGREEMENT_REVOKED_BY_PROVIDER",
            "agr_1",
            $"\"merchantPaymentAgreementReference\":\"{id}\",\"paymentAgreementId\":\"{world.AtPpro(id).Id}\""
        );
        await world.Queues.PutAsync(StoreNames.PproEvents, forged, TimeSpan.Zero, default);
        await world.Host.SettleAsync();

        var reply = await ReplayAsync(Assert.Single(await world.QuarantinedAsync()).Key);

        Assert.Equal(0, (int)reply["applied"]!);
        Assert.Equal(AgreementStatus.Active, (await world.FindAsync(id)).Status);
    }

    [Theory]
    [InlineData("", 400)]
    [InlineData("{}", 400)]
    [InlineData("""{"actor":"kim"}""", 400)]
    [InlineData("""{"actor":"kim","reason":7}""", 400)]
    [InlineData("""{"actor":"kim","reason":" "}""", 422)]
    [InlineData("""{"actor":"kim","reason":"r","force":true}""", 422)]
    public async Task A_replay_without_a_name_and_a_reason_is_refused(string body, int status)
    {
        await world.TakeInAsync("REPORT_FAILED", "report_1", "\"reportId\":\"r\"", "Ev1");
        var before = await world.SnapshotAsync();
        var key = Assert.Single(await world.QuarantinedAsync()).Key;
        var (replay, wish) = (world.Get<ReplayQuarantine>(), Encoding.UTF8.GetBytes(body));

        Assert.Equal(status, (await replay.OneAsync(WhoAsks.AtThisMachine, key.Day, key.Id, wish, default)).Status);
        Assert.Equal(status, (await replay.AllAsync(WhoAsks.AtThisMachine, null, wish, default)).Status);
        Assert.Equal(before, await world.SnapshotAsync());
    }

    [Theory]
    [InlineData("20260115", "unknown")]
    [InlineData("2026011", "Ev1")]
    [InlineData("today", "Ev1")]
    [InlineData("20260115", "a/b")]
    [InlineData("20260115", "")]
    public async Task An_address_that_is_none_is_not_found(string day, string id)
    {
        Assert.Equal(404, (await world.Get<ShowQuarantine>().GetAsync(day, id, default)).Status);
        Assert.Equal(
            404,
            (await world.Get<ReplayQuarantine>().OneAsync(WhoAsks.AtThisMachine, day, id, Wish, default)).Status
        );
    }

    [Theory]
    [InlineData("x")]
    [InlineData("20260115")]
    [InlineData("20260115-")]
    [InlineData("20260115-a b")]
    public async Task A_page_token_that_is_none_is_refused(string token)
    {
        Assert.Equal(400, (await world.Get<ShowQuarantine>().ListAsync(token, default)).Status);
        Assert.Equal(
            400,
            (await world.Get<ReplayQuarantine>().AllAsync(WhoAsks.AtThisMachine, token, Wish, default)).Status
        );
    }

    [Fact]
    public async Task A_replay_may_die_anywhere_and_is_done_by_the_next()
    {
        var recording = new RecordingWatch();
        var (_, recorded) = await QuarantineARevocationAsync();
        await OneAsync(recorded.Key, world.NewJourney(recording));

        foreach (var point in CrashPoint.Around(recording.Effects))
        {
            var (id, kept) = await QuarantineARevocationAsync();
            var watch = new CrashWatch(point);
            var run = OneAsync(kept.Key, world.NewJourney(watch));
            Assert.True(await Task.WhenAny(run, watch.Died) != run, $"{point} was not reached");

            await OneAsync(kept.Key);

            Assert.Equal(AgreementStatus.RevokedByProvider, (await world.FindAsync(id)).Status);
            Assert.DoesNotContain(await world.QuarantinedAsync(), it => it.Key == kept.Key);
            var actions = await world.Get<OperatorActions>().ListAsync(OperatorActions.Quarantine, 1000, default);
            Assert.Contains(actions, it => it.Subject == kept.Key.ToString() && it.After is "applied");
        }
    }

    /// <summary>PPRO was silent when it was to be asked whose event this is.</summary>
    private async Task<(AgreementId Id, QuarantinedEvent Kept)> QuarantineARevocationAsync()
    {
        var id = await world.ActiveAsync();
        var agreement = world.AtPpro(id).Id;
        world.Break("readAgreement", "504", 6); // Five deliveries, and once more from poison.
        await world.TakeInAsync(
            "PAYMENT_AGREEMENT_REVOKED_BY_PROVIDER",
            agreement,
            $"\"paymentAgreementId\":\"{agreement}\"",
            $"Ev-{id}"
        );
        await TakeFromPoisonAsync();
        return (id, (await world.QuarantinedAsync()).Single(it => it.EventId == $"Ev-{id}"));
    }

    /// <summary>The timer comes by every five minutes, and takes what lies there for more than one.</summary>
    private Task TakeFromPoisonAsync() => world.Host.AdvanceAsync(TimeSpan.FromMinutes(7));

    private Task<Reply> OneAsync(QuarantineKey key, JourneyKit.Journey? journey = null) =>
        (journey ?? world.Journey)
            .Get<ReplayQuarantine>()
            .OneAsync(WhoAsks.AtThisMachine, key.Day, key.Id, Wish, default);

    private Task<JsonNode> ReplayAsync(QuarantineKey key) => ReadAsync(OneAsync(key));

    private Task<JsonNode> ListAsync(string? pageToken = null) =>
        ReadAsync(world.Get<ShowQuarantine>().ListAsync(pageToken, default));

    private static async Task<JsonNode> ReadAsync(Task<Reply> answer)
    {
        var reply = await answer;
        Assert.Equal(200, reply.Status);
        return JsonNode.Parse(reply.Body.Span)!;
    }
}
