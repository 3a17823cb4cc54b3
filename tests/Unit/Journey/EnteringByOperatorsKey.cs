using System.Text;
using System.Text.Json.Nodes;
using Flows.Operations;
using Flows.Replies;
using Flows.Requests;
using JourneyKit;

namespace Unit.Tests.JourneyTests;

/// <summary>Who may operate, and who is recorded as having operated (the README's promise 32).</summary>
public sealed class EnteringByOperatorsKey : IDisposable
{
    private const string KimsKey = "kims-test-key-not-a-secret";
    private const string KimsNewKey = "kims-new-test-key-not-a-secret";
    private const string LeesKey = "lees-test-key-not-a-secret";
    private const string Because = """{"reason":"because"}""";
    private readonly NotedLog log = new();
    private readonly MemoryWorld world;

    public EnteringByOperatorsKey() => world = new(logging: log.AddTo);

    public void Dispose()
    {
        world.Dispose();
        log.Dispose();
    }

    [Theory]
    [InlineData(KimsKey, "kim")]
    [InlineData(LeesKey, "lee")]
    [InlineData(KimsNewKey, "kim")]
    public async Task Every_key_opens_wherever_it_stands_and_its_name_is_recorded(string key, string name)
    {
        using var app = world.JourneyWithKeys(("kim", KimsKey), ("lee", LeesKey), ("kim", KimsNewKey));

        Assert.Equal(200, (await TickAsync(app, key, Because)).Status);

        Assert.Equal([name], await ActorsAsync(app));
    }

    [Theory]
    [InlineData("\"lee\"")]
    [InlineData("\"local:lee\"")]
    [InlineData("\"two\\nlines\"")]
    [InlineData("\"\"")]
    [InlineData("7")]
    [InlineData("null")]
    [InlineData("{}")]
    public async Task The_right_key_records_its_name_whatever_the_body_declares(string declared)
    {
        using var app = world.JourneyWithKeys(("kim", KimsKey));

        var reply = await TickAsync(app, KimsKey, $$"""{"actor":{{declared}},"reason":"because"}""");

        Assert.Equal(200, reply.Status);
        Assert.Equal(["kim"], await ActorsAsync(app));
    }

    [Theory]
    [InlineData("{}", 400)]
    [InlineData("""{"actor":"kim"}""", 400)]
    [InlineData("""{"reason":"two\nlines"}""", 422)]
    [InlineData("""{"reason":"because","name":"kim"}""", 422)]
    public async Task With_a_key_too_it_has_to_be_said_why(string body, int status)
    {
        using var app = world.JourneyWithKeys(("kim", KimsKey));

        var reply = await TickAsync(app, KimsKey, body);

        Assert.Equal((status, "urn:problem:invalid-fields"), (reply.Status, TypeOf(reply)));
        Assert.Empty(await ActorsAsync(app));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("wrong")]
    [InlineData("kim")]
    [InlineData("kims-test-key-not-a-secre")]
    [InlineData("kims-test-key-not-a-secret ")]
    [InlineData("KIMS-TEST-KEY-NOT-A-SECRET")]
    [InlineData("kims-test-key-not-a-secret,lees-test-key-not-a-secret")]
    [InlineData("열쇠")]
    public async Task A_missing_and_a_wrong_key_are_refused_alike_and_nothing_is_done(string? key)
    {
        using var app = world.JourneyWithKeys(("kim", KimsKey), ("lee", LeesKey));
        var before = await world.SnapshotAsync();

        var reply = await TickAsync(app, key, Because);

        Assert.Equal((401, "urn:problem:operator-key-refused"), (reply.Status, TypeOf(reply)));
        Assert.Equal((await TickAsync(app, "another wrong one", Because)).Body.ToArray(), reply.Body.ToArray());
        Assert.Equal(before, await world.SnapshotAsync());
    }

    [Fact]
    public async Task The_hash_of_a_key_is_no_key()
    {
        using var app = world.JourneyWithKeys(("kim", KimsKey));

        Assert.Equal(401, (await TickAsync(app, OperatorsKeysOf.HashOf(KimsKey), Because)).Status);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task No_key_opens_nothing_also_where_the_hash_of_nothing_is_set(string? key)
    {
        using var app = world.JourneyWithKeys(("kim", string.Empty));

        Assert.Equal(401, (await TickAsync(app, key, Because)).Status);
    }

    [Fact]
    public async Task A_key_is_rotated_by_adding_one_and_then_taking_the_old_one_away()
    {
        using var before = world.JourneyWithKeys(("kim", KimsKey));
        using var during = world.JourneyWithKeys(("kim", KimsKey), ("kim", KimsNewKey));
        using var after = world.JourneyWithKeys(("kim", KimsNewKey));

        Assert.Equal((200, 401), await StatusesAsync(before));
        Assert.Equal((200, 200), await StatusesAsync(during));
        Assert.Equal((401, 200), await StatusesAsync(after));

        async Task<(int Old, int New)> StatusesAsync(Journey app) =>
            ((await TickAsync(app, KimsKey, Because)).Status, (await TickAsync(app, KimsNewKey, Because)).Status);
    }

    [Theory]
    [InlineData("http://127.0.0.1/", null)]
    [InlineData("http://localhost:7072", null)]
    [InlineData("http://[::1]:7072", "any key")]
    public async Task On_this_machine_no_key_is_needed_and_who_declares_to_ask_is_recorded_as_local(
        string ppro,
        string? key
    )
    {
        using var app = world.JourneyWithKeys(ppro);

        var reply = await TickAsync(app, key, """{"actor":"kim","reason":"because"}""");

        Assert.Equal(200, reply.Status);
        Assert.Equal(["local:kim"], await ActorsAsync(app));
    }

    [Fact]
    public async Task On_this_machine_an_actor_has_to_be_declared()
    {
        using var app = world.JourneyWithKeys();

        var reply = await TickAsync(app, null, Because);

        Assert.Equal(400, reply.Status);
        Assert.NotNull(JsonNode.Parse(reply.Body.Span)!["errors"]!["/actor"]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(KimsKey)]
    public async Task Elsewhere_nobody_operates_until_a_key_is_set_and_that_is_said(string? key)
    {
        using var app = world.JourneyWithKeys(OperatorsKeysOf.PproElsewhere);
        var before = await world.SnapshotAsync();

        var reply = await TickAsync(app, key, """{"actor":"kim","reason":"because"}""");

        Assert.Equal((403, "urn:problem:no-operator-key-set"), (reply.Status, TypeOf(reply)));
        Assert.Contains("Operators__0__KeySha256", Encoding.UTF8.GetString(reply.Body.Span), StringComparison.Ordinal);
        Assert.Equal(before, await world.SnapshotAsync());
    }

    [Fact]
    public async Task Elsewhere_the_right_key_opens_and_no_other()
    {
        using var app = world.JourneyWithKeys(OperatorsKeysOf.PproElsewhere, ("kim", KimsKey));

        Assert.Equal(200, (await TickAsync(app, KimsKey, Because)).Status);
        Assert.Equal(401, (await TickAsync(app, LeesKey, Because)).Status);
    }

    [Fact]
    public async Task A_refusal_is_logged_and_no_key_ever_is()
    {
        using var app = world.JourneyWithKeys(("kim", KimsKey), ("lee", LeesKey));

        await app.Get<OperateCharging>().StartAsync(WhoAsks.Named("kim"), Encoding.UTF8.GetBytes(Because), default);
        await TickAsync(app, KimsKey, Because);
        await TickAsync(app, "wrong-" + LeesKey, Because);

        Assert.Single(log.Names, it => it is "OperatorRefused");
        Assert.Contains(log.Texts, it => it.Contains("by kim", StringComparison.Ordinal));
        string[] secrets = ["test-key", OperatorsKeysOf.HashOf(KimsKey), OperatorsKeysOf.HashOf(LeesKey)];
        Assert.All(
            log.Texts,
            text => Assert.DoesNotContain(secrets, it => text.Contains(it, StringComparison.OrdinalIgnoreCase))
        );
    }

    /// <summary>An operator's request, from the door on.</summary>
    private static Task<Reply> TickAsync(Journey app, string? key, string body) =>
        app.Get<OperatorsDoor>()
            .EnterAsync(key, who => app.Get<Tick>().RunAsync(who, Encoding.UTF8.GetBytes(body), default));

    private static async Task<IEnumerable<string?>> ActorsAsync(Journey app)
    {
        var shown = await app.Get<OperateCharging>().ShowAsync(default);
        return JsonNode.Parse(shown.Body.Span)!["actions"]!.AsArray().Select(it => (string?)it!["actor"]);
    }

    private static string? TypeOf(Reply reply) => (string?)JsonNode.Parse(reply.Body.Span)!["type"];
}
