namespace Infra.Tests;

/// <summary>The app may do what it must, where it must, and nothing else.</summary>
public sealed class GivingRoles
{
    private const string Type = "Microsoft.Authorization/roleAssignments";
    private const string Storage = "Microsoft.Storage/storageAccounts";

    /// <summary>Each on the one resource that it is needed on.</summary>
    [BicepFact]
    public void The_identity_has_exactly_five_roles() =>
        Assert.Equal(
            [
                ("0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3", Storage), // Storage Table Data Contributor
                ("3913510d-42f4-4e42-8a64-420c390055eb", "Microsoft.Insights/components"), // Monitoring Metrics Publisher
                ("4633458b-17de-408a-b874-0445c86b69e6", "Microsoft.KeyVault/vaults"), // Key Vault Secrets User
                ("974c5e8b-45b9-4653-ba55-5f855dd0fb88", Storage), // Storage Queue Data Contributor
                ("b7e6dc6d-f1e8-4753-8033-0f276bb0955b", Storage), // Storage Blob Data Owner
            ],
            Deployment
                .Prod.All(Type)
                .Select(it => (Last((string)it["properties"]!["roleDefinitionId"]!, 1), ScopeOf((string)it["id"]!)))
                .Order()
        );

    [BicepFact]
    public void No_role_is_given_to_anybody_else()
    {
        Assert.Single(Deployment.Prod.All("Microsoft.ManagedIdentity/userAssignedIdentities"));
        Assert.All(
            Compiled.Resources(Type),
            it => Assert.Equal("[parameters('principalId')]", (string?)it["properties"]!["principalId"])
        );
        Assert.All(
            (string[])["storage", "vault", "monitoring"],
            it => Assert.Equal("[reference('identity').principalId]", Compiled.Parameter(it, "principalId"))
        );
    }

    /// <summary>An app that starts before its roles are there cannot read its secrets, and runs without them.</summary>
    [BicepTheory]
    [InlineData("storage")]
    [InlineData("vault")]
    [InlineData("monitoring")]
    public void The_roles_are_there_before_the_app(string module)
    {
        var before = Before("app").ToList();

        Assert.Contains("appSettings", before);
        Assert.Contains(module, before.Concat(Before("appSettings")));
    }

    private static IEnumerable<string> Before(string module) =>
        Compiled.Main["resources"]![module]!["dependsOn"]!.AsArray().Select(it => (string)it!);

    private static string Last(string id, int parts) => string.Join('/', id.Split('/')[^parts..]);

    /// <summary>The type of the resource that a role is given on: an id is provider, type, name.</summary>
    private static string ScopeOf(string id)
    {
        var parts = id.Split($"/providers/{Type}/")[0].Split('/');
        return $"{parts[^3]}/{parts[^2]}";
    }
}
