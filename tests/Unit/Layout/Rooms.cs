using System.Text.RegularExpressions;
using TestKit;

namespace Unit.Tests.Layout;

/// <summary>
/// The journey's rooms, by namespace: each may use only those that stand below it. What all of them use (how an
/// agreement is changed, logs) stands in <c>Flows</c> itself.
/// </summary>
public sealed partial class Rooms
{
    [Theory]
    [InlineData("Settings", "")]
    [InlineData("Sending", "Settings")]
    [InlineData("Replies", "")]
    [InlineData("Requests", "Replies")]
    [InlineData("Looks", "Sending Settings")]
    [InlineData("Events", "Looks Replies Requests Settings")]
    [InlineData("Shop", "Looks Replies Requests Sending Settings")]
    [InlineData("Walk", "Events Looks Sending Settings")]
    [InlineData("Operations", "Events Looks Replies Requests Sending Settings Walk")]
    public void A_room_uses_only_those_below_it(string room, string below)
    {
        var allowed = below.Split(' ', StringSplitOptions.RemoveEmptyEntries);

        var used = Files(room)
            .Where(file => Path.GetFileName(file) is not "FlowsRegistration.cs") // which ties all of them together
            .SelectMany(file => Using().Matches(File.ReadAllText(file)).Select(it => it.Groups[1].Value))
            .Distinct();

        Assert.Subset(allowed.ToHashSet(), used.ToHashSet());
    }

    [Fact]
    public void Every_file_stands_in_the_room_that_its_namespace_names()
    {
        var root = RepositoryRoot.File("src", "Flows");

        Assert.All(
            Files("."),
            file =>
            {
                var folder = Path.GetRelativePath(root, Path.GetDirectoryName(file)!);
                var name = folder is "." ? "Flows" : $"Flows.{folder}";
                Assert.Contains($"\nnamespace {name};\n", "\n" + File.ReadAllText(file), StringComparison.Ordinal);
            }
        );
    }

    [Fact]
    public void What_all_rooms_use_knows_none_of_them() =>
        Assert.DoesNotContain(
            Directory.EnumerateFiles(RepositoryRoot.File("src", "Flows"), "*.cs"),
            file => Using().IsMatch(File.ReadAllText(file))
        );

    /// <summary>
    /// An agreement has its state and its life: what is done with money and periods stands beside their data.
    /// </summary>
    [Fact]
    public void An_agreement_itself_does_nothing_with_refunds_periods_or_what_PPRO_says_of_charges()
    {
        var foreign = typeof(Billing.Agreement)
            .GetMethods(
                System.Reflection.BindingFlags.Instance
                    | System.Reflection.BindingFlags.Static
                    | System.Reflection.BindingFlags.Public
                    | System.Reflection.BindingFlags.NonPublic
                    | System.Reflection.BindingFlags.DeclaredOnly
            )
            .Where(it => !it.IsSpecialName)
            .Where(it =>
                it.GetParameters()
                    .Any(one =>
                        one.ParameterType == typeof(Billing.Refund)
                        || one.ParameterType == typeof(Billing.ChargeReading)
                        || one.ParameterType == typeof(Billing.RefundReading)
                        || one.ParameterType == typeof(Billing.BillingPeriod)
                    )
            );

        Assert.Empty(foreign.Select(it => it.Name));
    }

    private static IEnumerable<string> Files(string room) =>
        Directory
            .EnumerateFiles(RepositoryRoot.File("src", "Flows", room), "*.cs", SearchOption.AllDirectories)
            .Where(file => !Build().IsMatch(file));

    [GeneratedRegex(@"^using Flows\.(\w+);", RegexOptions.Multiline)]
    private static partial Regex Using();

    [GeneratedRegex(@"[\\/](bin|obj)[\\/]")]
    private static partial Regex Build();
}
