using Azure;
using Storage;
using static Unit.Tests.StorageTests.Writes;

namespace Unit.Tests.StorageTests;

/// <summary>
/// What Table Storage may answer to a write or a read, by status and code: a conflict is decided again on what is there
/// now, a missing row is none, and everything else is trouble that is told as it came.
/// </summary>
public sealed class RefusedByTables
{
    private readonly MockedTable table = new();

    [Theory]
    [InlineData(409, "EntityAlreadyExists")]
    [InlineData(412, "UpdateConditionNotSatisfied")]
    [InlineData(412, "ConditionNotMet")]
    [InlineData(404, "ResourceNotFound")]
    [InlineData(404, "EntityNotFound")]
    public async Task A_condition_that_did_not_hold_is_a_conflict(int status, string code)
    {
        table.Refuse(Answer.Refusal(status, code));

        foreach (var writes in BothWays())
        {
            var e = await Assert.ThrowsAsync<StorageConflictException>(() => table.CommitAsync(writes));
            Assert.Contains($"{MockedTable.Name}: {status} {code}", e.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(409, "TableBeingDeleted")]
    [InlineData(409, "TableAlreadyExists")]
    [InlineData(409, "AccountBeingCreated")]
    [InlineData(404, "TableNotFound")]
    [InlineData(400, "InvalidInput")]
    [InlineData(413, "RequestBodyTooLarge")]
    [InlineData(403, "AuthorizationPermissionMismatch")]
    [InlineData(500, "OperationTimedOut")]
    [InlineData(503, "ServerBusy")]
    public async Task Whatever_else_is_refused_is_no_conflict_and_told_as_it_came(int status, string code)
    {
        table.Refuse(Answer.Refusal(status, code));

        foreach (var writes in BothWays())
        {
            var e = await Assert.ThrowsAnyAsync<RequestFailedException>(() => table.CommitAsync(writes));
            Assert.Equal((status, code), (e.Status, e.ErrorCode));
        }
    }

    [Theory]
    [InlineData("ResourceNotFound")]
    [InlineData("EntityNotFound")]
    public async Task A_row_that_is_not_found_is_none(string code)
    {
        table.RefuseReads(Answer.Refusal(404, code));

        Assert.Null(await table.Tables.FindAsync(MockedTable.Name, new("p", "r"), default));
    }

    [Theory]
    [InlineData(404, "TableNotFound")]
    [InlineData(409, "TableBeingDeleted")]
    [InlineData(503, "ServerBusy")]
    public async Task A_read_that_was_not_answered_is_never_taken_for_a_missing_row(int status, string code)
    {
        table.RefuseReads(Answer.Refusal(status, code));

        var e = await Assert.ThrowsAsync<RequestFailedException>(() =>
            table.Tables.FindAsync(MockedTable.Name, new("p", "r"), default)
        );

        Assert.Equal((status, code), (e.Status, e.ErrorCode));
    }

    [Theory]
    [InlineData(0, "guard")]
    [InlineData(1, "taken")]
    public async Task A_transaction_that_is_in_conflict_names_the_row_that_was_refused(int index, string row)
    {
        using var clients = new Wire(Answer.OfTransaction(412, "UpdateConditionNotSatisfied", index)).Connect();

        var e = await Assert.ThrowsAsync<StorageConflictException>(() =>
            new AzureTables(clients.Tables).CommitAsync("agreements", BothWays()[^1], default)
        );

        Assert.Equal($"agreements: 412 UpdateConditionNotSatisfied, p / {row}.", e.Message);
    }

    [Fact]
    public async Task A_single_write_that_is_in_conflict_names_its_row()
    {
        table.Refuse(Answer.Refusal(409, "EntityAlreadyExists"));

        var e = await Assert.ThrowsAsync<StorageConflictException>(() => table.CommitAsync(Insert("r")));

        Assert.Equal("agreements: 409 EntityAlreadyExists, p / r.", e.Message);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(99)]
    public async Task An_index_beyond_the_transaction_is_a_conflict_all_the_same(int index)
    {
        using var clients = new Wire(Answer.OfTransaction(409, "EntityAlreadyExists", index)).Connect();

        var e = await Assert.ThrowsAsync<StorageConflictException>(() =>
            new AzureTables(clients.Tables).CommitAsync("agreements", BothWays()[^1], default)
        );

        Assert.Equal("agreements: 409 EntityAlreadyExists.", e.Message);
    }

    /// <summary>Alone and with another: both ways to write.</summary>
    private static IReadOnlyList<IReadOnlyList<RowWrite>> BothWays() =>
        [
            [Insert("r")],
            [Replace("r")],
            [Delete("r")],
            [Replace("guard"), Insert("taken")],
        ];
}
