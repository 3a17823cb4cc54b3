using System.Text.RegularExpressions;

namespace Infra.Tests;

/// <summary>The same template with the same parameters is the same deployment, tomorrow too.</summary>
public sealed partial class RepeatingDeployments
{
    [BicepFact]
    public void Nothing_depends_on_the_moment_or_on_chance()
    {
        Assert.DoesNotContain(Compiled.Texts(Compiled.Main), it => Chance().IsMatch(it));
        Assert.DoesNotContain(Compiled.Texts(Compiled.Dev), it => Chance().IsMatch(it));
        Assert.DoesNotContain(Compiled.Texts(Compiled.Prod), it => Chance().IsMatch(it));
    }

    /// <summary>A role whose name changed would be given a second time, and refused.</summary>
    [BicepFact]
    public void Roles_are_named_by_what_they_are() =>
        Assert.All(
            Compiled.Resources("Microsoft.Authorization/roleAssignments"),
            it =>
            {
                Assert.StartsWith("[guid(", (string)it["name"]!, StringComparison.Ordinal);
                Assert.Contains(", parameters('identityId'), ", (string)it["name"]!, StringComparison.Ordinal);
            }
        );

    [GeneratedRegex(@"\b(utcNow|newGuid)\(|dateTimeAdd\(|dateTimeFromEpoch\(", RegexOptions.IgnoreCase)]
    private static partial Regex Chance();
}
