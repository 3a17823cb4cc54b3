using Azure;
using Azure.Data.Tables;
using Moq;

namespace Unit.Tests.StorageTests;

/// <summary>
/// Table Storage may end a page anywhere, with nothing on it and more to come. Azurite never does.
/// </summary>
public sealed class ReadingRangesByPages
{
    private readonly MockedTable table = new();
    private int asked;

    [Fact]
    public async Task A_page_with_nothing_on_it_is_not_the_end()
    {
        table.Show(Pages("", "", "a b", "", "c", ""));

        Assert.Equal(["a", "b", "c"], await RowsAsync(100));
        Assert.Equal(6, asked);
    }

    [Fact]
    public async Task Pages_with_nothing_on_them_and_no_more_to_come_are_an_empty_range()
    {
        table.Show(Pages("", ""));

        Assert.Empty(await RowsAsync(1));
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(3, 3)]
    public async Task No_page_is_asked_for_beyond_the_limit(int limit, int pages)
    {
        table.Show(Pages("a b", "", "c d", "e"));

        Assert.Equal(limit, (await RowsAsync(limit)).Count());
        Assert.Equal(pages, asked);
    }

    [Fact]
    public async Task A_page_that_cannot_be_had_fails_the_range_and_no_half_of_it_is_shown()
    {
        table.Show(Pages("a b", "!"));

        var e = await Assert.ThrowsAsync<RequestFailedException>(() => RowsAsync(100));

        Assert.Equal(503, e.Status);
    }

    private async Task<IEnumerable<string>> RowsAsync(int limit) =>
        (await table.Tables.RangeAsync(MockedTable.Name, new("p", "p", limit), default)).Select(row => row.RowKey);

    /// <summary>Pages of row keys; one of them may be refused.</summary>
    private IEnumerable<Page<TableEntity>> Pages(params IReadOnlyList<string> pages)
    {
        foreach (var (index, keys) in pages.Index())
        {
            asked++;
            var rows = keys.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(key => new TableEntity("p", key));
            yield return keys is "!"
                ? throw Answer.Refusal(503, "ServerBusy")
                : Page<TableEntity>.FromValues(
                    [.. rows],
                    index == pages.Count - 1 ? null : $"after {index}",
                    Mock.Of<Response>()
                );
        }
    }
}
