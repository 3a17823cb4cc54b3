using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Billing;
using Flows.Looks;
using Flows.Operations;
using Flows.Replies;
using Flows.Requests;
using Flows.Sending;
using JourneyKit;
using Storage;

namespace Unit.Tests.JourneyTests;

/// <summary>
/// What operators do to charging, what is kept of it, and what everybody may see (the README's promise 32).
/// </summary>
public sealed class OperatingCharging : IDisposable
{
    private readonly MemoryWorld world = new();

    public void Dispose() => world.Dispose();

    [Fact]
    public async Task Health_says_only_what_a_load_balancer_needs()
    {
        await world.ActiveAsync();
        await StopAsync();

        var health = Read(await world.Get<CheckHealth>().RunAsync(default));

        Assert.Equal(
            ["charging", "firstWakeUpAt", "now", "overdueMinutes", "status"],
            health.AsObject().Select(it => it.Key).Order()
        );
        Assert.Equal("""{"isStopped":true,"isEnabled":true}""", health["charging"]!.ToJsonString());
        Assert.Equal("ok", (string?)health["status"]);
    }

    [Theory]
    [InlineData(9, 200, "ok")]
    [InlineData(11, 503, "late")]
    public async Task Health_is_bad_when_a_wake_up_waits_for_more_than_ten_minutes(int minutes, int status, string said)
    {
        await world.ActiveAsync();
        var due = Read(await world.Get<CheckHealth>().RunAsync(default))["firstWakeUpAt"]!;
        world.Clock.AdvanceTo((DateTimeOffset)due + TimeSpan.FromMinutes(minutes));

        var reply = await world.Get<CheckHealth>().RunAsync(default);

        Assert.Equal((status, said), (reply.Status, (string?)Read(reply)["status"]));
        Assert.Equal(minutes, (double)Read(reply)["overdueMinutes"]!);
    }

    [Fact]
    public async Task What_is_not_enabled_charges_nothing_and_charges_later_what_waited()
    {
        var settings = new Dictionary<string, string?> { ["Charging:Enabled"] = "false" };
        var id = await world.ActiveAsync();
        using var accident = world.NewJourney(new NoWatch(), settings: settings);
        var before = world.ChargesAtPpro(id).Count;
        world.Clock.AdvanceTo(world.Clock.GetUtcNow() + TimeSpan.FromDays(1));

        Assert.NotNull(await accident.Get<ChargingGate>().WhyClosedAsync(default));
        await accident.Get<LookAtAgreement>().RunAsync(LookMessage.Of(id), default);
        Assert.Equal(before, world.ChargesAtPpro(id).Count);

        await world.Host.AdvanceAsync(TimeSpan.FromHours(8));
        Assert.Equal(before + 1, world.ChargesAtPpro(id).Count);
    }

    [Fact]
    public async Task A_tick_runs_the_timers_flow_and_is_kept_with_who_asked_and_how_many_were_due()
    {
        await world.ActiveAsync();
        world.Clock.AdvanceTo(world.Clock.GetUtcNow() + TimeSpan.FromDays(1));

        var ticked = Read(
            await world.Get<Tick>().RunAsync(WhoAsks.AtThisMachine, Wish("kim", "the timer is late"), default)
        );
        var again = Read(await world.Get<Tick>().RunAsync(WhoAsks.AtThisMachine, Wish("lee", "once more"), default));

        Assert.Equal((1, 0), ((int)ticked["due"]!, (int)again["due"]!));
        var shown = Read(await world.Get<OperateCharging>().ShowAsync(default))["actions"]!.AsArray();
        Assert.Equal(
            ["tick local:lee once more", "tick local:kim the timer is late"],
            shown.Select(Told).OrderDescending()
        );
        var first = shown.Single(it => (string?)it!["actor"] is "local:kim")!;
        Assert.Equal(("1 due", "0 due"), ((string?)first["before"], (string?)first["after"]));
    }

    [Fact]
    public async Task Ticks_and_stops_are_shown_together_the_newest_first()
    {
        await StopAsync();
        await world.Get<OperateCharging>().StartAsync(WhoAsks.AtThisMachine, Wish("kim", "first"), default);
        world.Clock.AdvanceTo(world.Clock.GetUtcNow() + TimeSpan.FromMinutes(1));
        await world.Get<Tick>().RunAsync(WhoAsks.AtThisMachine, Wish("kim", "second"), default);
        world.Clock.AdvanceTo(world.Clock.GetUtcNow() + TimeSpan.FromMinutes(1));
        await StopAsync();
        await world.Get<OperateCharging>().StartAsync(WhoAsks.AtThisMachine, Wish("kim", "third"), default);

        var shown = Read(await world.Get<OperateCharging>().ShowAsync(default))["actions"]!.AsArray();

        Assert.Equal(["third", "second", "first"], shown.Select(it => (string?)it!["reason"]));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"actor":"kim"}""")]
    [InlineData("""{"reason":"why not"}""")]
    public async Task A_tick_that_does_not_say_who_and_why_is_refused_and_does_nothing(string body)
    {
        await world.ActiveAsync();
        world.Clock.AdvanceTo(world.Clock.GetUtcNow() + TimeSpan.FromDays(1));
        var before = await world.SnapshotAsync();

        var reply = await world.Get<Tick>().RunAsync(WhoAsks.AtThisMachine, Encoding.UTF8.GetBytes(body), default);

        Assert.Equal(400, reply.Status);
        Assert.Equal(before, await world.SnapshotAsync());
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r")]
    [InlineData("\t")]
    [InlineData("\0")]
    [InlineData("\u007f")]
    [InlineData("\u0085")]
    [InlineData("\u00a0")]
    [InlineData("\u00ad")]
    [InlineData("\u061c")]
    [InlineData("\u200b")]
    [InlineData("\u200e")]
    [InlineData("\u2028")]
    [InlineData("\u2029")]
    [InlineData("\u202e")]
    [InlineData("\u2066")]
    [InlineData("\u1160")]
    [InlineData("\u2800")]
    [InlineData("\u3000")]
    [InlineData("\u3164")]
    [InlineData("\uffa0")]
    [InlineData("\ue000")]
    [InlineData("\ufeff")]
    [InlineData("\ufffe")]
    [InlineData("\U000e0041")]
    public async Task An_actor_and_a_reason_are_one_line_of_printable_text(string character)
    {
        var wish = Wish($"ki{character}m", $"be{character}cause");

        foreach (var reply in await AskAllAsync(wish))
        {
            Assert.Equal(422, reply.Status);
            Assert.Equal(["/actor", "/reason"], Read(reply)["errors"]!.AsObject().Select(it => it.Key));
        }
    }

    [Fact]
    public async Task Half_a_character_is_no_text()
    {
        foreach (var reply in await AskAllAsync("""{"actor":"ki\ud83dm","reason":"because"}"""u8.ToArray()))
        {
            Assert.Equal(400, reply.Status);
        }
    }

    [Theory]
    [InlineData("김 운영자", "가격표가 틀렸다: \"9,900\" → 9,900 (₩) 😀 ❤️")]
    [InlineData("José O'Neil-Ñandú", "e\u0301 is two characters, <and> & \\ are text")]
    public async Task Letters_of_every_language_and_emoji_are_printable(string actor, string reason)
    {
        Assert.Equal(
            200,
            (await world.Get<Tick>().RunAsync(WhoAsks.AtThisMachine, Wish(actor, reason), default)).Status
        );

        var shown = Read(await world.Get<OperateCharging>().ShowAsync(default))["actions"]!.AsArray().Single()!;
        Assert.Equal(($"local:{actor}", reason), ((string?)shown["actor"], (string?)shown["reason"]));
    }

    /// <summary>Every operation of an operator, on nothing that exists.</summary>
    private async Task<IReadOnlyList<Reply>> AskAllAsync(byte[] wish) =>
        [
            await world.Get<OperateCharging>().StopAsync(WhoAsks.AtThisMachine, wish, default),
            await world.Get<OperateCharging>().StartAsync(WhoAsks.AtThisMachine, wish, default),
            await world.Get<Tick>().RunAsync(WhoAsks.AtThisMachine, wish, default),
            await world.Get<RecheckAgreement>().RunAsync(WhoAsks.AtThisMachine, "a", wish, default),
            await world.Get<OperateExceptions>().CloseAsync(WhoAsks.AtThisMachine, "a", wish, default),
            await world.Get<ReplayQuarantine>().OneAsync(WhoAsks.AtThisMachine, "20260115", "a", wish, default),
            await world.Get<ReplayQuarantine>().AllAsync(WhoAsks.AtThisMachine, null, wish, default),
        ];

    /// <summary>An operator's stop, after a day's turnover; nobody waits for its ten seconds.</summary>
    private Task StopAsync()
    {
        var stop = new ChargingStop(world.Clock.GetUtcNow(), "kim", "a wrong price list", IsAutomatic: false);
        return world
            .Get<ChargingControlStore>()
            .ChangeAsync(
                it => it.StopBy(stop) with { SpentOn = new(2026, 1, 15), SpentCharges = 7, SpentMinorUnits = 69_300 },
                null,
                default
            );
    }

    private static byte[] Wish(string actor, string reason) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new JsonObject { ["actor"] = actor, ["reason"] = reason },
            JsonSerializerOptions.Default
        );

    private static string Told(JsonNode? action) =>
        $"{(string?)action!["action"]} {(string?)action["actor"]} {(string?)action["reason"]}";

    private static JsonNode Read(Reply reply) => JsonNode.Parse(reply.Body.Span)!;
}
