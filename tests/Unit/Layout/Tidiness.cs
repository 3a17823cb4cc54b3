using System.Text.RegularExpressions;
using TestKit;

namespace Unit.Tests.Layout;

/// <summary>The style that a machine can check.</summary>
public sealed partial class Tidiness
{
    private const int MaxLines = 240;
    private const int MaxColumns = 120;

    [Fact]
    public void Source_files_are_short_and_their_lines_fit()
    {
        var long1 = Sources("src").Where(file => File.ReadLines(file).Count() > MaxLines);
        var wide = Sources("src").Where(file => File.ReadLines(file).Any(line => line.Length > MaxColumns));

        Assert.Empty(long1.Concat(wide).Select(Path.GetFileName));
    }

    [Fact]
    public void Nobody_reads_the_clock_blocks_or_writes_blindly()
    {
        var found = Sources("src")
            .SelectMany(file => File.ReadLines(file).Select((line, index) => (file, line, index)))
            .Where(it => Banned().IsMatch(it.line))
            .Select(it => $"{Path.GetFileName(it.file)}:{it.index + 1} {it.line.Trim()}");

        Assert.Empty(found);
    }

    [Fact]
    public void No_timer_runs_when_the_host_starts() =>
        Assert.DoesNotContain(
            Sources("src/Functions"),
            file => File.ReadAllText(file).Contains("RunOnStartup", StringComparison.OrdinalIgnoreCase)
        );

    [Fact]
    public void Triggers_decide_nothing()
    {
        var changes = Sources("src/Functions")
            .Where(file => file.EndsWith("Function.cs", StringComparison.Ordinal))
            .Where(file => AgreementChanges().IsMatch(File.ReadAllText(file)));

        Assert.Empty(changes.Select(Path.GetFileName));
    }

    private static IEnumerable<string> Sources(string folder) =>
        Directory
            .EnumerateFiles(RepositoryRoot.File(folder), "*.cs", SearchOption.AllDirectories)
            .Where(file => !Build().IsMatch(file));

    [GeneratedRegex(
        @"DateTime(Offset)?\.(Utc)?Now\b|Thread\.Sleep|ETag\.All|async void|#region|#if |Task\.Run\(|RunOnStartup\s*=\s*true"
    )]
    private static partial Regex Banned();

    [GeneratedRegex(@"\bif\s*\(|\bswitch\b|\bcatch\b|#if")]
    private static partial Regex AgreementChanges();

    [GeneratedRegex(@"[\\/](bin|obj)[\\/]")]
    private static partial Regex Build();
}
