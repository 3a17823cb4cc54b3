using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Infra.Tests;

/// <summary>All of it compiles, without a word of the linter.</summary>
public sealed partial class Building
{
    private static readonly string[] Sources =
    [
        .. Directory
            .EnumerateFiles(BicepCompiler.Folder, "*.bicep*", SearchOption.AllDirectories)
            .Where(it =>
                it.EndsWith(".bicep", StringComparison.Ordinal) || it.EndsWith("param", StringComparison.Ordinal)
            ),
    ];

    [BicepFact]
    public void Everything_builds() =>
        Assert.All([Compiled.Main["resources"]!.AsObject(), Compiled.Dev, Compiled.Prod], Assert.NotEmpty);

    [BicepTheory]
    [InlineData("**/*.bicep")]
    [InlineData("**/*.bicepparam")]
    public void Nothing_is_found_by_the_linter(string pattern) =>
        Assert.Equal("", BicepCompiler.Run("lint", "--pattern", pattern));

    [Fact]
    public void Every_rule_of_the_linter_is_an_error()
    {
        var config = JsonNode.Parse(File.ReadAllText(Path.Combine(BicepCompiler.Folder, "bicepconfig.json")))!;
        var linter = config["analyzers"]!["core"]!;

        Assert.True((bool)linter["enabled"]!);
        Assert.All(linter["rules"]!.AsObject(), it => Assert.Equal("error", (string?)it.Value!["level"]));
    }

    /// <summary>What is let pass is let pass for a reason, beside it.</summary>
    [Fact]
    public void What_the_linter_is_told_to_overlook_is_known()
    {
        var overlooked = Sources
            .SelectMany(File.ReadLines)
            .Where(it => it.Contains("#disable", StringComparison.Ordinal));

        Assert.All(overlooked, it => Assert.Matches(Overlooked(), it));
    }

    [Fact]
    public void Lines_fit() => Assert.DoesNotContain(Sources.SelectMany(File.ReadLines), it => it.Length > 120);

    [Fact]
    public void Nothing_is_fetched_from_a_registry() =>
        Assert.DoesNotContain(
            Sources.SelectMany(File.ReadLines),
            it => it.Contains("'br", StringComparison.Ordinal) || it.Contains("'ts:", StringComparison.Ordinal)
        );

    [BicepFact]
    public void Every_module_is_used()
    {
        var names = Sources.SelectMany(File.ReadLines).Where(it => Uses().IsMatch(it)).Select(it => Uses().Match(it));
        var used = names.Select(it => Path.GetFileName(it.Groups[1].Value));
        var modules = Directory.EnumerateFiles(Path.Combine(BicepCompiler.Folder, "modules"));

        Assert.Empty(modules.Select(Path.GetFileName).Except(used));
    }

    [GeneratedRegex(@"^\s*#disable-next-line (use-recent-api-versions|BCP037) // \w.*\.$")]
    private static partial Regex Overlooked();

    [GeneratedRegex(@"^(?:module \w+|import .* from) '([^']+)'")]
    private static partial Regex Uses();
}
