using System.Text.RegularExpressions;
using TestKit;

namespace Infra.Tests;

/// <summary>The names of the app's functions, as its sources say them.</summary>
internal static partial class FunctionNames
{
    public static IReadOnlyList<string> All { get; } =
    [
        .. Directory
            .EnumerateFiles(RepositoryRoot.File("src", "Functions"), "*Function.cs")
            .SelectMany(it => Attribute().Matches(File.ReadAllText(it)))
            .Select(it => it.Groups[1].Value),
    ];

    [GeneratedRegex("""\[Function\((?:nameof\(|")(?:\w+\.)?(\w+)[)"]""")]
    private static partial Regex Attribute();
}
