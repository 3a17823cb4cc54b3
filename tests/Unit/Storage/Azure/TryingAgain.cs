using System.Diagnostics;
using Azure;
using Azure.Core;
using Moq;
using Storage;
using static Unit.Tests.StorageTests.Writes;

namespace Unit.Tests.StorageTests;

/// <summary>What the clients do before anybody hears of trouble, and what is heard then.</summary>
public sealed class TryingAgain
{
    private static readonly Answer Found = new(
        200,
        """{"PartitionKey":"p","RowKey":"r","odata.etag":"known","Text":"here"}"""
    );

    [Fact]
    public async Task Storage_that_is_busy_for_a_moment_is_asked_again_after_what_it_says()
    {
        var wire = new Wire(Busy("1"), Found);
        using var clients = wire.Connect();
        var waited = Stopwatch.StartNew();

        Assert.NotNull(await new AzureTables(clients.Tables).FindAsync("agreements", new("p", "r"), default));

        Assert.Equal(2, wire.Tries);
        Assert.True(waited.Elapsed >= TimeSpan.FromMilliseconds(990));
    }

    [Theory]
    [InlineData("6")]
    [InlineData("120")]
    public async Task Storage_that_is_busy_for_longer_is_told_at_once(string seconds)
    {
        var wire = new Wire(Busy(seconds), Found);
        using var clients = wire.Connect();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(4));

        var e = await Assert.ThrowsAsync<RequestFailedException>(() =>
            new AzureTables(clients.Tables).FindAsync("agreements", new("p", "r"), patience.Token)
        );

        Assert.Equal((503, "ServerBusy", 1), (e.Status, e.ErrorCode, wire.Tries));
    }

    [Fact]
    public async Task Storage_that_stays_busy_is_tried_three_times_and_told_as_it_came()
    {
        var wire = new Wire(Busy("0"));
        using var clients = wire.Connect();

        var e = await Assert.ThrowsAsync<RequestFailedException>(() =>
            new AzureTables(clients.Tables).CommitAsync("agreements", [Insert("r")], default)
        );

        Assert.Equal((503, "ServerBusy", 3), (e.Status, e.ErrorCode, wire.Tries));
    }

    [Theory]
    [InlineData(409, "EntityAlreadyExists")]
    [InlineData(412, "UpdateConditionNotSatisfied")]
    public async Task A_first_try_that_landed_unheard_makes_a_conflict_of_its_second_and_never_a_success(
        int status,
        string code
    )
    {
        var wire = new Wire(new HttpRequestException("The answer was lost."), Answer.OfTables(status, code));
        using var clients = wire.Connect();
        var write = status is 409 ? Insert("r") : Replace("r");

        await Assert.ThrowsAsync<StorageConflictException>(() =>
            new AzureTables(clients.Tables).CommitAsync("agreements", [write], default)
        );

        Assert.Equal(2, wire.Tries);
    }

    [Fact]
    public async Task A_transaction_that_landed_unheard_is_a_conflict_too()
    {
        var wire = new Wire(
            new HttpRequestException("The answer was lost."),
            Answer.OfTransaction(412, "UpdateConditionNotSatisfied", 0)
        );
        using var clients = wire.Connect();

        await Assert.ThrowsAsync<StorageConflictException>(() =>
            new AzureTables(clients.Tables).CommitAsync("agreements", [Replace("guard"), Insert("r")], default)
        );
    }

    [Fact]
    public async Task A_token_that_cannot_be_had_is_trouble_with_storage_and_nothing_is_sent()
    {
        var wire = new Wire(Found);
        using var clients = wire.Connect(Without(new NoIdentityException()));

        var reading = await Assert.ThrowsAsync<RequestFailedException>(() =>
            new AzureTables(clients.Tables).FindAsync("agreements", new("p", "r"), default)
        );
        var putting = await Assert.ThrowsAsync<RequestFailedException>(() =>
            new AzureQueues(clients.Queues).PutAsync("ppro-events", "{}"u8.ToArray(), TimeSpan.Zero, default)
        );

        Assert.All([reading, putting], e => Assert.Equal(401, e.Status));
        Assert.All([reading, putting], e => Assert.IsType<NoIdentityException>(e.InnerException));
        Assert.Equal(0, wire.Tries);
    }

    [Fact]
    public async Task Whoever_stops_waiting_for_a_token_has_stopped_and_hears_of_no_trouble()
    {
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();
        using var clients = new Wire(Found).Connect(Without(new OperationCanceledException(stopped.Token)));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            new AzureTables(clients.Tables).FindAsync("agreements", new("p", "r"), stopped.Token)
        );
    }

    private static Answer Busy(string seconds) => Answer.OfTables(503, "ServerBusy", ("Retry-After", seconds));

    private static Mock<TokenCredential> Without(Exception reason)
    {
        var credential = new Mock<TokenCredential>();
        credential
            .Setup(it => it.GetTokenAsync(It.IsAny<TokenRequestContext>(), It.IsAny<CancellationToken>()))
            .Returns(() => ValueTask.FromException<AccessToken>(reason));
        return credential;
    }

    private sealed class NoIdentityException() : Exception("This machine has no identity.");
}
