using System.Text.RegularExpressions;
using TestKit;

namespace Unit.Tests.Layout;

/// <summary>What a comment refers to, a reader of this repository can find.</summary>
public sealed partial class Citations
{
    [Fact]
    public void No_comment_cites_a_number_that_is_not_here()
    {
        var found = Comments()
            .SelectMany(it => Number().Matches(it.Text).Select(number => $"{it.File}: {number.Value}"));

        Assert.Empty(found);
    }

    [Theory]
    [InlineData("ppro.md")]
    [InlineData("decisions.md")]
    public void Every_heading_of_the_docs_that_a_comment_names_exists(string document)
    {
        var text = File.ReadAllText(RepositoryRoot.File("docs", document));
        var headings = Heading().Matches(text).Select(it => Plain(it.Groups[1].Value).TrimEnd('.', ',', ':')).ToList();

        var named = Comments()
            .SelectMany(it => it.Text.Split($"docs/{document}, ").Skip(1).Select(rest => (it.File, Name: rest)));

        Assert.NotEmpty(headings);
        Assert.All(named, it => Assert.Contains(headings, heading => Names(it.Name, heading)));
    }

    [Fact]
    public void Every_promise_that_a_comment_names_is_in_the_table_of_guarantees()
    {
        var readme = File.ReadAllText(RepositoryRoot.File("README.md"));

        var named = Comments()
            .SelectMany(it => Promises().Matches(it.Text).Select(match => (it.File, match.Groups[1].Captures)))
            .SelectMany(it => it.Captures.Select(number => (it.File, Number: number.Value)))
            .ToList();

        Assert.NotEmpty(named);
        Assert.All(named, it => Assert.Contains($"\n| {it.Number}. ", readme, StringComparison.Ordinal));
    }

    /// <summary>All comments of a file as one text, in which a name may go over the end of a line.</summary>
    private static IEnumerable<(string File, string Text)> Comments() =>
        new[] { "src", "tests" }
            .SelectMany(folder =>
                Directory.EnumerateFiles(RepositoryRoot.File(folder), "*.cs", SearchOption.AllDirectories)
            )
            .Where(file => !Build().IsMatch(file))
            .Select(file =>
                (
                    Path.GetFileName(file),
                    Plain(
                        string.Join(
                            ' ',
                            File.ReadLines(file).Select(line => Comment().Match(line)).Select(it => it.Groups[1].Value)
                        )
                    )
                )
            );

    private static bool Names(string rest, string heading) =>
        rest.StartsWith(heading, StringComparison.Ordinal)
        && (rest.Length == heading.Length || ").,;<".Contains(rest[heading.Length]));

    private static string Plain(string text) => Space().Replace(text, " ").Trim();

    [GeneratedRegex(@"(?:^|\s)//+(.*)$")]
    private static partial Regex Comment();

    [GeneratedRegex(@"§ ?[\d.]*|\[[\dQ][\d., Q]*\]|\b(?:[Rr]ules?|[Ss]ections?|[Ii]nvariants?) \d+|\bQ\d+\b|\bdesign:")]
    private static partial Regex Number();

    /// <summary>Of a page with headings these, of one without them what its paragraphs begin with in bold.</summary>
    [GeneratedRegex(@"^(?:## |\*\*)([^*\n]+)", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"README's promises? (?:(?:, | and )?(\d+))+")]
    private static partial Regex Promises();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();

    [GeneratedRegex(@"[\\/](bin|obj)[\\/]")]
    private static partial Regex Build();
}
