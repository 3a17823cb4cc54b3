using Storage;
using static StorageContract.Rows;

namespace StorageContract;

public abstract class ReadingRangesContract
{
    protected abstract Task<TestStorage> OpenAsync();

    [Fact]
    public async Task Rows_come_in_ordinal_key_order_whatever_the_order_they_were_written_in()
    {
        var it = await OpenAsync();
        await it.CommitAsync(Insert("q", "1"), Insert("q", "0"));
        await it.CommitAsync(Insert("p", "b"), Insert("p", "B"), Insert("p", "a-1"));
        await it.CommitAsync(Insert("p", "a1"), Insert("p", "a"));

        Assert.Equal(["p/B", "p/a", "p/a-1", "p/a1", "p/b", "q/0", "q/1"], await it.KeysAsync(new("p", "q", 100)));
    }

    [Fact]
    public async Task Both_ends_of_the_partitions_belong_to_the_range_and_nothing_beyond()
    {
        var it = await OpenAsync();
        foreach (var partition in (string[])["0", "1", "15", "2", "21"])
        {
            await it.CommitAsync(Insert(partition, "r"));
        }

        Assert.Equal(["1/r", "15/r", "2/r"], await it.KeysAsync(new("1", "2", 100)));
        Assert.Equal(["1/r"], await it.KeysAsync(new("1", "1", 100)));
        Assert.Empty(await it.KeysAsync(new("3", "4", 100)));
    }

    [Fact]
    public async Task Row_keys_run_from_the_first_up_to_but_without_the_last_in_every_partition()
    {
        var it = await OpenAsync();
        await it.CommitAsync(Insert("p", "1"), Insert("p", "2"), Insert("p", "3"));
        await it.CommitAsync(Insert("q", "0"), Insert("q", "2"), Insert("q", "3"));

        Assert.Equal(["p/1", "p/2", "q/2"], await it.KeysAsync(new("p", "q", 100) { FromRow = "1", BeforeRow = "3" }));
        Assert.Equal(["p/2", "p/3"], await it.KeysAsync(new("p", "p", 100) { FromRow = "2" }));
        Assert.Equal(["q/0"], await it.KeysAsync(new("q", "q", 100) { BeforeRow = "2" }));
    }

    [Fact]
    public async Task A_prefix_takes_its_keys_only()
    {
        var it = await OpenAsync();
        await it.CommitAsync(
            Insert("p", "agreement"),
            Insert("p", "charge-1"),
            Insert("p", "charge-s-zz"),
            Insert("p", "charge.")
        );

        Assert.Equal(["p/charge-1", "p/charge-s-zz"], await it.KeysAsync(KeyRange.Prefix("p", "charge-", 100)));
    }

    [Fact]
    public async Task A_quote_in_a_key_is_a_letter_like_any_other()
    {
        var it = await OpenAsync();
        await it.CommitAsync(Insert("o'clock", "it's"));

        Assert.Equal(["o'clock/it's"], await it.KeysAsync(KeyRange.Prefix("o'clock", "it'", 100)));
        Assert.NotNull(await it.FindTextAsync("o'clock", "it's"));
    }

    [Fact]
    public async Task The_limit_cuts_the_range_also_where_it_is_longer_than_a_page()
    {
        var it = await OpenAsync();
        var keys = Enumerable.Range(0, 1_200).Select(number => $"{number:D4}").ToList();
        foreach (var hundred in keys.Chunk(TableLimits.RowsPerTransaction))
        {
            await it.CommitAsync([.. hundred.Select(key => Insert("p", key))]);
        }

        foreach (var limit in (int[])[1, 1_000, 1_001, 1_150, 5_000])
        {
            Assert.Equal(keys.Take(limit).Select(key => $"p/{key}"), await it.KeysAsync(new("p", "p", limit)));
        }
    }
}
