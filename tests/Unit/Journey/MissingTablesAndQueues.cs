using System.Text.Json.Nodes;
using Azure;
using Azure.Data.Tables;
using Flows.Operations;
using Flows.Replies;
using Flows.Settings;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Moq;
using Storage;

namespace Unit.Tests.JourneyTests;

/// <summary>Health names what a deployment forgot, and whoever asks it often costs storage little.</summary>
public sealed class MissingTablesAndQueues
{
    private readonly FakeTimeProvider clock = new(new(2026, 1, 15, 1, 0, 0, TimeSpan.Zero));
    private readonly Mock<ITables> tables = new();
    private readonly Mock<IQueues> queues = new();
    private readonly CheckHealth health;

    public MissingTablesAndQueues()
    {
        tables
            .Setup(it => it.RangeAsync(It.IsAny<string>(), It.IsAny<KeyRange>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync([]);
        health = new(
            new(tables.Object, queues.Object, clock),
            new(tables.Object, clock),
            new ChargingControlStore(tables.Object),
            Options.Create(new ChargingOptions { Enabled = true }),
            clock
        );
    }

    [Theory]
    [InlineData(404, "TableNotFound")]
    [InlineData(409, "TableBeingDeleted")]
    public async Task A_table_that_is_missing_is_named(int status, string code)
    {
        Refuse(StoreNames.WakeUps, status, code);

        Assert.Equal(["table wakeups"], await MissingAsync());
    }

    [Theory]
    [InlineData(404, "QueueNotFound")]
    [InlineData(409, "QueueBeingDeleted")]
    public async Task A_queue_that_is_missing_is_named(int status, string code)
    {
        queues
            .Setup(it => it.DepthAsync(StoreNames.PproEventsPoison, It.IsAny<CancellationToken>()))
            .ThrowsAsync(new RequestFailedException(status, "no", code, null));

        Assert.Equal(["queue ppro-events-poison"], await MissingAsync());
    }

    [Fact]
    public async Task All_that_is_missing_is_named_at_once()
    {
        foreach (var table in StoreNames.Tables)
        {
            Refuse(table, 404, "TableNotFound");
        }

        Assert.Equal(StoreNames.Tables.Select(it => $"table {it}"), await MissingAsync());
    }

    [Theory]
    [InlineData(503, "ServerBusy")]
    [InlineData(403, "AuthorizationPermissionMismatch")]
    [InlineData(401, "NoToken")]
    public async Task A_table_that_does_not_answer_is_not_missing_but_storage_is_out_of_reach(int status, string code)
    {
        Refuse(StoreNames.Directory, status, code);

        var reply = await health.RunAsync(default);

        Assert.Equal((503, "storage unreachable"), (reply.Status, (string?)Read(reply)["status"]));
    }

    [Fact]
    public async Task Whoever_asks_often_has_all_tables_looked_at_once_a_minute()
    {
        for (var second = 0; second < 60; second++)
        {
            Assert.Equal(200, (await health.RunAsync(default)).Status);
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(1, AsksOf(StoreNames.Directory));
        await health.RunAsync(default);
        Assert.Equal(2, AsksOf(StoreNames.Directory));
    }

    [Fact]
    public async Task What_was_missing_is_looked_for_again_after_ten_seconds()
    {
        Refuse(StoreNames.Directory, 404, "TableNotFound");
        Assert.NotNull(await MissingAsync());
        tables
            .Setup(it => it.RangeAsync(StoreNames.Directory, It.IsAny<KeyRange>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync([]);

        clock.Advance(TimeSpan.FromSeconds(9));
        Assert.NotNull(await MissingAsync());
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Null(await MissingAsync());
    }

    [Fact]
    public async Task All_who_ask_while_storage_is_slow_wait_for_one_answer_and_none_can_stop_it()
    {
        var slow = new TaskCompletionSource<IReadOnlyList<TableEntity>>();
        tables
            .Setup(it => it.RangeAsync(StoreNames.Directory, It.IsAny<KeyRange>(), It.IsAny<CancellationToken>()))
            .Returns(slow.Task);
        using var impatient = new CancellationTokenSource();

        var stopped = health.RunAsync(impatient.Token);
        var waiting = Enumerable.Range(0, 20).Select(_ => health.RunAsync(default)).ToList();
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopped);
        clock.Advance(TimeSpan.FromHours(1));
        slow.SetResult([]);

        Assert.All(await Task.WhenAll(waiting), reply => Assert.Equal(200, reply.Status));
        Assert.Equal(1, AsksOf(StoreNames.Directory));
    }

    private void Refuse(string table, int status, string code) =>
        tables
            .Setup(it => it.RangeAsync(table, It.IsAny<KeyRange>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new RequestFailedException(status, "no", code, null));

    private int AsksOf(string table) =>
        tables.Invocations.Count(it => it.Method.Name is "RangeAsync" && table.Equals(it.Arguments[0]));

    /// <summary>Null when health is well.</summary>
    private async Task<IEnumerable<string?>?> MissingAsync()
    {
        var reply = await health.RunAsync(default);
        var missing = Read(reply)["missing"]?.AsArray().Select(it => (string?)it);
        Assert.Equal(
            missing is null ? (200, "ok") : (503, "storage incomplete"),
            (reply.Status, (string?)Read(reply)["status"])
        );
        return missing;
    }

    private static JsonNode Read(Reply reply) => JsonNode.Parse(reply.Body.Span)!;
}
