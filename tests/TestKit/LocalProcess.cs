using System.Collections.Concurrent;
using System.Diagnostics;
using LocalHost.Children;

namespace TestKit;

/// <summary>
/// One of our programs as a process of its own, with everything it says. It is stopped by its own id.
/// </summary>
public sealed class LocalProcess : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> lines = new();
    private readonly ChildProcess child;

    private LocalProcess(ProcessStartInfo start) => child = ChildProcess.Start(start, lines.Enqueue);

    public string Output => string.Join('\n', lines);

    public int Id => child.Id;

    public static LocalProcess Start(
        string dll,
        IReadOnlyDictionary<string, string?> environment,
        params IReadOnlyList<string> arguments
    )
    {
        var start = new ProcessStartInfo("dotnet", [dll, .. arguments]);
        start.Environment["DOTNET_TieredPGO"] = "0"; // It lives for seconds: what it learns of itself it never uses.
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new(start);
    }

    /// <summary>What follows this text on the first line that begins with it.</summary>
    public async Task<string> WaitForLineAsync(string beginning)
    {
        return await Eventually.GetAsync(
            () => Task.FromResult(Find()),
            $"a line that begins with '{beginning}'. It said:\n{Output}"
        );

        string? Find()
        {
            var line = lines.FirstOrDefault(it => it.StartsWith(beginning, StringComparison.Ordinal));
            return line is null && child.HasExited
                ? throw new InvalidOperationException($"The process ended. It said:\n{Output}")
                : line?[beginning.Length..];
        }
    }

    /// <summary>Its exit code, when it ends by itself; by then all it said has been heard.</summary>
    public async Task<int> WaitForExitAsync()
    {
        using var deadline = new CancellationTokenSource(Eventually.Deadline);
        await child.WaitForExitAsync(deadline.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return child.HasExited
            ? child.ExitCode
            : throw new TimeoutException($"It did not end within {Eventually.Deadline.TotalSeconds} s:\n{Output}");
    }

    /// <summary>Ends it as a crash would: it cannot do anything about it.</summary>
    public void Kill() => child.Kill();

    public ValueTask DisposeAsync() => child.DisposeAsync();
}
