using Storage;
using static StorageContract.Rows;

namespace StorageContract;

public abstract class RacingForRowsContract
{
    protected abstract Task<TestStorage> OpenAsync();

    private const int Racers = 8;

    [Fact]
    public async Task Of_racing_inserts_exactly_one_wins()
    {
        var it = await OpenAsync();

        var winners = await RaceAsync(racer => it.CommitAsync(Insert("p", "r", $"{racer}")));

        Assert.Equal($"{Assert.Single(winners)}", await it.FindTextAsync("p", "r"));
    }

    [Fact]
    public async Task Of_racing_transactions_exactly_one_wins_and_the_others_leave_no_trace()
    {
        var it = await OpenAsync();
        var known = await it.CommitAsync(Insert("p", "guard"));

        var winners = await RaceAsync(racer =>
            it.CommitAsync(Replace("p", "guard", $"{racer}", known[0]), Insert("p", $"of-{racer}", $"{racer}"))
        );

        var winner = Assert.Single(winners);
        Assert.Equal($"{winner}", await it.FindTextAsync("p", "guard"));
        Assert.Equal([$"p/of-{winner}"], await it.KeysAsync(KeyRange.Prefix("p", "of-", 100)));
    }

    /// <summary>Who won. A conflict is a defeat, anything else a failure of the test.</summary>
    private static async Task<IEnumerable<int>> RaceAsync(Func<int, Task> run)
    {
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var races = Enumerable.Range(0, Racers).Select(racer => TryAsync(racer, start.Task, run)).ToList();
        start.SetResult();
        return (await Task.WhenAll(races)).OfType<int>();
    }

    private static async Task<int?> TryAsync(int racer, Task start, Func<int, Task> run)
    {
        await start;
        try
        {
            await run(racer);
            return racer;
        }
        catch (StorageConflictException)
        {
            return null;
        }
    }
}
