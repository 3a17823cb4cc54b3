using System.Text.RegularExpressions;
using TestKit;

namespace Unit.Tests.Layout;

/// <summary>Every type of problem that the code answers with is explained, and none that it does not.</summary>
public sealed partial class ProblemTypes
{
    [Fact]
    public void The_list_of_problems_is_complete()
    {
        var answered = Directory
            .EnumerateFiles(RepositoryRoot.File("src", "Flows", "Replies"), "Problems*.cs")
            .SelectMany(file => Named().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups[1].Value);
        var explained = Explained()
            .Matches(File.ReadAllText(RepositoryRoot.File("docs", "problems.md")))
            .Select(match => match.Groups[1].Value);

        Assert.Equal(answered.Distinct().Order(), explained.Order());
    }

    /// <summary>A text of words joined by hyphens, which in these files only a type is.</summary>
    [GeneratedRegex("\"([a-z]+(?:-[a-z]+)+)\"")]
    private static partial Regex Named();

    [GeneratedRegex("`urn:problem:([a-z-]+)` \\|")]
    private static partial Regex Explained();
}
