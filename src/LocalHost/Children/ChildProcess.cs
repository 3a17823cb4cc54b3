using System.Diagnostics;
using System.Runtime.InteropServices;

namespace LocalHost.Children;

/// <summary>
/// A program that this one started. Its standard input stays open while we live, so that it can end when we are gone
/// without a word; otherwise it is asked to end by SIGTERM, and waited for.
/// </summary>
public sealed partial class ChildProcess : IAsyncDisposable
{
    private const int SigTerm = 15;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly Process process;
    private readonly Queue<string> lastLines = new();
    private bool isDisposed;

    private ChildProcess(Process process) => this.process = process;

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    public int ExitCode => process.ExitCode;

    /// <summary>The last thing it said, for an error message.</summary>
    public string LastLine
    {
        get
        {
            lock (lastLines)
            {
                return lastLines.LastOrDefault(line => line.Length > 0) ?? "it said nothing";
            }
        }
    }

    /// <summary>Starts a program; every line it prints is handed to <paramref name="onLine"/>.</summary>
    public static ChildProcess Start(ProcessStartInfo start, Action<string>? onLine = null)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.UseShellExecute = false;
        var process = new Process { StartInfo = start };
        var child = new ChildProcess(process);
        process.OutputDataReceived += (_, line) => child.Hear(line.Data, onLine);
        process.ErrorDataReceived += (_, line) => child.Hear(line.Data, onLine);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return child;
    }

    /// <summary>Until it has ended and everything it said has been heard.</summary>
    public Task WaitForExitAsync(CancellationToken cancellationToken) => process.WaitForExitAsync(cancellationToken);

    /// <summary>False when it ends, or its time is over, before it answers on all of its ports.</summary>
    public async Task<bool> AnswersAsync(IEnumerable<int> ports, TimeSpan within, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        foreach (var port in ports)
        {
            while (!await Ports.AnswersAsync(port, cancellationToken))
            {
                if (HasExited || Stopwatch.GetElapsedTime(start) > within)
                {
                    return false;
                }

                await Task.Delay(50, cancellationToken);
            }
        }

        return true;
    }

    /// <summary>Ends it at once, without a word (SIGKILL).</summary>
    public void Kill() => process.Kill();

    /// <summary>Stops it; doing so twice is harmless.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref isDisposed, true))
        {
            return;
        }

        if (!process.HasExited)
        {
            _ = OperatingSystem.IsWindows() ? -1 : Kill(process.Id, SigTerm);
            process.StandardInput.Close();
            using var patience = new CancellationTokenSource(Patience);
            await process.WaitForExitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync();
            }
        }

        process.Dispose();
    }

    private void Hear(string? line, Action<string>? onLine)
    {
        if (line is null)
        {
            return;
        }

        lock (lastLines)
        {
            lastLines.Enqueue(line);
            if (lastLines.Count > 20)
            {
                lastLines.Dequeue();
            }
        }

        onLine?.Invoke(line);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int pid, int signal);
}
