using System.Diagnostics;
using System.Globalization;

namespace Simulation.Tests;

/// <summary>How far a long run is: a bar on a terminal; a line a minute where the output goes to a file.</summary>
internal sealed class Progress(string unit)
{
    private const int BarWidth = 30;
    private static readonly TimeSpan LineEvery = TimeSpan.FromMinutes(1);
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private TimeSpan nextLineAt = LineEvery;

    public TimeSpan Elapsed => watch.Elapsed;

    public void Draw(double share, long done, int broken)
    {
        var (elapsed, isFile) = (watch.Elapsed, Console.IsOutputRedirected);
        if (isFile && elapsed < nextLineAt)
        {
            return;
        }

        nextLineAt = elapsed + LineEvery;
        var filled = (int)(BarWidth * Math.Clamp(share, 0, 1));
        var bar = new string('#', filled) + new string('.', BarWidth - filled);
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"[{bar}] {share:P0}  {done:N0} {unit}, {done / elapsed.TotalSeconds:F0}/s, {elapsed:hh\\:mm\\:ss}, {broken} broken"
        );
        Console.Write(isFile ? line + Environment.NewLine : $"\r{line} ");
    }

    /// <summary>Something to be kept, above the bar.</summary>
    public static void Say(string text) =>
        Console.WriteLine(Console.IsOutputRedirected ? text : $"\r{text}{new string(' ', BarWidth)}");
}
