namespace Flows.Sending;

/// <summary>
/// Lets one caller through at a time, in the order in which they came. Whoever leaves runs the next one on its own
/// thread, so that nothing here depends on a thread pool and a simulated history can be repeated.
/// </summary>
internal sealed class AsyncLock
{
    private Task last = Task.CompletedTask;

    public async Task<T> RunAsync<T>(Func<Task<T>> work)
    {
        var mine = new TaskCompletionSource();
        await Interlocked.Exchange(ref last, mine.Task);
        try
        {
            return await work();
        }
        finally
        {
            mine.SetResult();
        }
    }
}
