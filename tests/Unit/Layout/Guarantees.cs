using System.Text.RegularExpressions;
using TestKit;

namespace Unit.Tests.Layout;

/// <summary>The README's table of guarantees names tests that exist: a promise cannot lose its test unnoticed.</summary>
public sealed partial class Guarantees
{
    [Fact]
    public void Every_test_that_the_table_of_guarantees_names_exists()
    {
        var tests = string.Concat(
            Directory
                .EnumerateFiles(RepositoryRoot.File("tests"), "*.cs", SearchOption.AllDirectories)
                .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj", StringComparison.Ordinal))
                .Select(File.ReadAllText)
        );

        var named = Rows().SelectMany(row => Name().Matches(row)).Select(match => match.Groups[1].Value).ToList();

        Assert.True(named.Count > 50, $"{named.Count} tests are named");
        Assert.All(named, name => Assert.Contains($" {name}(", tests, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_promise_has_a_test() => Assert.All(Rows(), row => Assert.Matches(Name(), row));

    private static IEnumerable<string> Rows() =>
        File.ReadLines(RepositoryRoot.File("README.md")).Where(line => Promise().IsMatch(line));

    [GeneratedRegex(@"^\| \d+\. ")]
    private static partial Regex Promise();

    [GeneratedRegex("`([A-Z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)+)`")]
    private static partial Regex Name();
}
