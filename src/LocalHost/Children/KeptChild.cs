namespace LocalHost.Children;

/// <summary>
/// A program that runs beside the app for as long as the app does: should it end by itself, that is said, and it is
/// started again.
/// </summary>
internal sealed class KeptChild : IAsyncDisposable
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private readonly CancellationTokenSource stopping = new();
    private readonly string name;
    private readonly Func<CancellationToken, Task<ChildProcess>> begin;
    private ChildProcess child;
    private Task keeping = Task.CompletedTask;

    private KeptChild(string name, Func<CancellationToken, Task<ChildProcess>> begin, ChildProcess child) =>
        (this.name, this.begin, this.child) = (name, begin, child);

    /// <param name="name">What the lines about it begin with.</param>
    /// <param name="begin">Starts it, until it answers; a LocalHostException says why it does not.</param>
    /// <param name="cancellationToken">Ends the first start.</param>
    public static async Task<KeptChild> StartAsync(
        string name,
        Func<CancellationToken, Task<ChildProcess>> begin,
        CancellationToken cancellationToken
    )
    {
        var kept = new KeptChild(name, begin, await begin(cancellationToken));
        kept.Say($"is process {kept.child.Id}");
        kept.keeping = kept.KeepAsync();
        return kept;
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await keeping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await child.DisposeAsync();
        stopping.Dispose();
    }

    private async Task KeepAsync()
    {
        while (true)
        {
            await child.WaitForExitAsync(stopping.Token);
            Say($"ended with code {child.ExitCode} ({child.LastLine}), and is started again");
            await child.DisposeAsync();
            child = await AgainAsync();
            Say($"is process {child.Id}");
        }
    }

    private async Task<ChildProcess> AgainAsync()
    {
        for (var pause = ShortestPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            await Task.Delay(pause, stopping.Token);
            try
            {
                return await begin(stopping.Token);
            }
            catch (LocalHostException e)
            {
                Say(e.Message);
            }
        }
    }

    private void Say(string what) => Console.WriteLine($"[{name}] {what}");
}
