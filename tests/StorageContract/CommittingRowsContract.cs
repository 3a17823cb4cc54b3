using Azure;
using Azure.Data.Tables;
using Storage;
using static StorageContract.Rows;

namespace StorageContract;

public abstract class CommittingRowsContract
{
    protected abstract Task<TestStorage> OpenAsync();

    private static readonly ETag Stale = new("W/\"datetime'2020-01-01T00%3A00%3A00.0000000Z'\"");

    [Fact]
    public async Task A_row_comes_back_with_every_column_and_its_etag()
    {
        var it = await OpenAsync();
        var row = new TableEntity("p", "r")
        {
            ["Text"] = "가나다 \"quoted\" <&> \\ 😀 \u3000\u2028\ue000",
            ["Empty"] = "",
            ["None"] = null,
            ["Int"] = int.MinValue,
            ["Long"] = long.MaxValue,
            ["Double"] = 0.1,
            ["Bool"] = true,
            ["Guid"] = Guid.Parse("0b3ac5d5-2f4c-4d6a-9a3e-5b7c1f0e8d21"),
            ["At"] = new DateTimeOffset(2026, 1, 31, 23, 59, 59, 999, TimeSpan.Zero).AddTicks(1),
            ["Bytes"] = new byte[] { 0, 255, 128 },
        };

        var etags = await it.CommitAsync(new RowWrite.Insert(row));
        var found = await it.Tables.FindAsync(it.Table, new("p", "r"), default);

        Assert.Equal(etags, [found!.ETag]);
        Assert.All(
            row.Where(column => column.Value is not null),
            column => Assert.Equal(column.Value, found[column.Key])
        );
        Assert.False(found.ContainsKey("None"));
    }

    [Fact]
    public async Task What_is_changed_in_hand_is_not_changed_in_the_table()
    {
        var it = await OpenAsync();
        byte[] bytes = [1, 2];
        var row = new TableEntity("p", "r") { ["Bytes"] = bytes };
        await it.CommitAsync(new RowWrite.Insert(row));

        (bytes[0], row["Other"]) = (9, "new");
        var found = await it.Tables.FindAsync(it.Table, new("p", "r"), default);
        found!.GetBinary("Bytes")![1] = 9;

        var again = await it.Tables.FindAsync(it.Table, new("p", "r"), default);
        Assert.Equal([1, 2], again!.GetBinary("Bytes"));
        Assert.False(again.ContainsKey("Other"));
    }

    [Fact]
    public async Task A_row_that_is_not_there_is_none()
    {
        var it = await OpenAsync();

        Assert.Null(await it.Tables.FindAsync(it.Table, new("p", "r"), default));
    }

    [Fact]
    public async Task An_insert_never_overwrites()
    {
        var it = await OpenAsync();
        await it.CommitAsync(Insert("p", "r", "first"));

        await Assert.ThrowsAsync<StorageConflictException>(() => it.CommitAsync(Insert("p", "r", "second")));

        Assert.Equal("first", await it.FindTextAsync("p", "r"));
    }

    [Fact]
    public async Task One_write_that_fails_takes_all_the_others_back()
    {
        var it = await OpenAsync();
        var etags = await it.CommitAsync(Insert("p", "guard", "old"), Insert("p", "taken", "old"));

        await Assert.ThrowsAsync<StorageConflictException>(() =>
            it.CommitAsync(
                Replace("p", "guard", "new", etags[0]),
                new RowWrite.Put(Row("p", "put", "new")),
                Insert("p", "taken", "new")
            )
        );

        Assert.Equal("old", await it.FindTextAsync("p", "guard"));
        Assert.Null(await it.FindTextAsync("p", "put"));
    }

    [Fact]
    public async Task A_replace_needs_the_newest_etag()
    {
        var it = await OpenAsync();
        await it.CommitAsync(Insert("p", "r", "first"));

        await Assert.ThrowsAsync<StorageConflictException>(() => it.CommitAsync(Replace("p", "r", "second", Stale)));
        await Assert.ThrowsAsync<StorageConflictException>(() => it.CommitAsync(Replace("p", "none", "x", Stale)));

        Assert.Equal("first", await it.FindTextAsync("p", "r"));
        Assert.Null(await it.FindTextAsync("p", "none"));
    }

    [Fact]
    public async Task A_replace_leaves_nothing_of_the_old_row()
    {
        var it = await OpenAsync();
        var etags = await it.CommitAsync(Insert("p", "r", "first"));

        var after = await it.CommitAsync(new RowWrite.Replace(new("p", "r") { ["Other"] = 1 }, etags[0]));
        var found = await it.Tables.FindAsync(it.Table, new("p", "r"), default);

        Assert.Equal(after, [found!.ETag]);
        Assert.Equal((null, 1), (found.GetString("Text"), found.GetInt32("Other")));
    }

    [Fact]
    public async Task A_delete_needs_the_newest_etag()
    {
        var it = await OpenAsync();
        var etags = await it.CommitAsync(Insert("p", "r", "first"));

        await Assert.ThrowsAsync<StorageConflictException>(() => it.CommitAsync(Delete("p", "r", Stale)));
        await Assert.ThrowsAsync<StorageConflictException>(() => it.CommitAsync(Delete("p", "none", Stale)));
        Assert.Equal("first", await it.FindTextAsync("p", "r"));

        await it.CommitAsync(Delete("p", "r", etags[0]));
        Assert.Null(await it.FindTextAsync("p", "r"));
    }

    [Fact]
    public async Task Etags_come_in_the_order_of_the_writes()
    {
        var it = await OpenAsync();
        var old = await it.CommitAsync(Insert("p", "a"), Insert("p", "b"));

        var etags = await it.CommitAsync(
            Insert("p", "d"),
            Delete("p", "a", old[0]),
            new RowWrite.Put(Row("p", "c")),
            Replace("p", "b", "", old[1])
        );

        Assert.Equal(4, etags.Count);
        foreach (var (row, etag) in new[] { ("d", etags[0]), ("c", etags[2]), ("b", etags[3]) })
        {
            Assert.Equal(etag, (await it.Tables.FindAsync(it.Table, new("p", row), default))!.ETag);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_merge_keeps_the_columns_it_does_not_name(int rowsInTransaction)
    {
        var it = await OpenAsync();
        await it.CommitAsync(Insert("p", "0", "kept"));
        var rows = Enumerable.Range(0, rowsInTransaction);

        await it.CommitAsync([.. rows.Select(row => new RowWrite.Merge(new("p", $"{row}") { ["Other"] = 1 }))]);

        Assert.Equal("kept", await it.FindTextAsync("p", "0"));
        Assert.All(
            await it.Tables.RangeAsync(it.Table, new("p", "p", 9), default),
            row => Assert.Equal(1, row["Other"])
        );
    }

    [Fact]
    public async Task A_put_replaces_the_whole_row()
    {
        var it = await OpenAsync();
        await it.CommitAsync(Insert("p", "r", "gone"));

        await it.CommitAsync(new RowWrite.Put(new("p", "r") { ["Other"] = 1 }));

        Assert.Null(await it.FindTextAsync("p", "r"));
    }

    [Fact]
    public async Task What_azure_would_refuse_is_refused_before_it_is_sent()
    {
        var it = await OpenAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => it.CommitAsync(Insert("p", "r"), Insert("q", "r")));

        Assert.Null(await it.FindTextAsync("p", "r"));
    }
}
