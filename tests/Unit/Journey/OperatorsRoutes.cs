using System.Text;
using System.Text.Json.Nodes;
using Flows.Operations;
using JourneyKit;
using Microsoft.AspNetCore.Http;

namespace Unit.Tests.JourneyTests;

/// <summary>Every operators' route asks who is there, as the trigger runs it; and they are these.</summary>
public sealed class OperatorsRoutes : IDisposable
{
    private const string Key = "a-test-key-not-a-secret";

    private static readonly string[] All =
    [
        "get operations/charging",
        "get operations/exceptions",
        "get operations/quarantine",
        "get operations/quarantine/{day}/{id}",
        "get operations/walk",
        "post operations/agreements/{id}/recheck",
        "post operations/charging/start",
        "post operations/charging/stop",
        "post operations/exceptions/{id}/close",
        "post operations/quarantine/replay",
        "post operations/quarantine/{day}/{id}/replay",
        "post operations/tick",
    ];

    private readonly MemoryWorld world = new();

    public static TheoryData<string> Routes => [.. All];

    public void Dispose() => world.Dispose();

    [Fact]
    public void They_are_these() =>
        Assert.Equal(
            All,
            HttpTriggers
                .All.Select(it => it.Name)
                .Where(it => it.Contains(" operations", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
        );

    /// <summary>Health alone is for everybody.</summary>
    [Fact]
    public void What_operators_do_has_no_other_route()
    {
        var others = HttpTriggers
            .All.Where(it => !All.Contains(it.Name))
            .Select(it => it.Method.DeclaringType!)
            .Distinct();

        var used = others
            .SelectMany(it => it.GetConstructors().SelectMany(made => made.GetParameters()))
            .Select(it => it.ParameterType)
            .Where(it => it.Namespace == typeof(OperatorsDoor).Namespace);

        Assert.Equal([typeof(CheckHealth)], used);
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Each_answers_401_without_the_right_key_and_does_not_read_the_body(string route)
    {
        using var app = world.JourneyWithKeys(("kim", Key));
        var before = await world.SnapshotAsync();

        var missing = await AskAsync(app, route);
        var wrong = await AskAsync(app, route, "a-wrong-test-key");
        var twice = await AskAsync(app, route, Key, Key);

        Assert.All([missing, wrong, twice], it => Assert.Equal((401, "urn:problem:operator-key-refused"), it));
        Assert.Equal(before, await world.SnapshotAsync());
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Each_answers_403_elsewhere_while_no_key_is_set(string route)
    {
        using var app = world.JourneyWithKeys(OperatorsKeysOf.PproElsewhere);

        Assert.Equal((403, "urn:problem:no-operator-key-set"), await AskAsync(app, route, Key));
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Each_opens_with_the_right_key_and_on_this_machine_without_any(string route)
    {
        using var app = world.JourneyWithKeys(OperatorsKeysOf.PproElsewhere, ("kim", Key));
        using var local = world.JourneyWithKeys();

        string? expected =
            route.StartsWith("post", StringComparison.Ordinal) ? "urn:problem:invalid-fields"
            : route.Contains('{') ? "urn:problem:not-found"
            : null;
        Assert.Equal(expected, (await AskAsync(app, route, Key)).Type);
        Assert.Equal(expected, (await AskAsync(local, route)).Type);
    }

    /// <summary>What the host would get from the trigger, about nothing that exists and with no wish.</summary>
    private static async Task<(int Status, string? Type)> AskAsync(Journey app, string route, params string[] keys)
    {
        var context = new DefaultHttpContext { RequestServices = app.Get<IServiceProvider>() };
        var body = new MemoryStream("{}"u8.ToArray());
        context.Request.Body = body;
        context.Request.Headers[OperatorsDoor.Header] = keys;
        var answer = new MemoryStream();
        context.Response.Body = answer;
        var values = new Dictionary<string, string> { ["day"] = "20260115", ["id"] = "a" };

        var result = await HttpTriggers
            .All.Single(it => it.Name == route)
            .AskAsync(app.Get<IServiceProvider>(), context.Request, values);
        await result.ExecuteAsync(context);

        Assert.True(context.Response.StatusCode is not (401 or 403) || body.Position is 0, "its body was read");
        var text = Encoding.UTF8.GetString(answer.ToArray());
        return (context.Response.StatusCode, (string?)JsonNode.Parse(text)!["type"]);
    }
}
