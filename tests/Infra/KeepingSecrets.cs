using System.Text.RegularExpressions;
using Flows.Settings;

namespace Infra.Tests;

/// <summary>Secrets are in the vault, and everything else is opened by an identity.</summary>
public sealed partial class KeepingSecrets
{
    [BicepFact]
    public void No_key_and_no_connection_string_is_anywhere()
    {
        var texts = new[] { Compiled.Main, Compiled.Dev, Compiled.Prod }.SelectMany(Compiled.Texts);

        Assert.DoesNotContain(texts, it => Keys().IsMatch(it));
    }

    [BicepFact]
    public void Every_secret_setting_is_a_reference_to_the_vault()
    {
        var secrets = AppSettings.Values.Where(it => IsSecret(it.Key)).ToList();

        Assert.Equal(
            ["Ppro__ApiKey", "Ppro__SigningSecrets__0", "Ppro__SigningSecrets__1"],
            secrets.Select(it => it.Key).Order()
        );
        Assert.All(
            secrets,
            it => Assert.Matches(@"@Microsoft\.KeyVault\(SecretUri=\{0\}secrets/ppro-[a-z-]+\)", it.Value)
        );
    }

    [BicepFact]
    public void No_secret_is_among_the_further_settings() =>
        Assert.DoesNotContain(AppSettings.Further, it => IsSecret(it));

    [BicepFact]
    public void The_app_reads_the_vault_as_its_own_identity()
    {
        var app = Compiled.Resource("Microsoft.Web/sites");
        var identities = app["identity"]!["userAssignedIdentities"]!.AsObject();

        Assert.Equal("UserAssigned", (string?)app["identity"]!["type"]);
        Assert.Equal("[format('{0}', parameters('identityId'))]", Assert.Single(identities).Key);
        Assert.Equal("[parameters('identityId')]", (string?)app["properties"]!["keyVaultReferenceIdentity"]);
    }

    [BicepFact]
    public void The_vault_is_opened_by_roles_and_cannot_be_purged()
    {
        var vault = Compiled.Resource("Microsoft.KeyVault/vaults")["properties"]!;

        Assert.True((bool)vault["enableRbacAuthorization"]!);
        Assert.True((bool)vault["enablePurgeProtection"]!);
    }

    /// <summary>So its connection string is an address, and opens nothing.</summary>
    [BicepFact]
    public void Telemetry_is_taken_from_identities_only() =>
        Assert.True((bool)Compiled.Resource("Microsoft.Insights/components")["properties"]!["DisableLocalAuth"]!);

    [BicepFact]
    public void Nobody_deploys_with_a_password() =>
        Assert.Equal(
            [("ftp", false), ("scm", false)],
            Compiled
                .Resources("Microsoft.Web/sites/basicPublishingCredentialsPolicies")
                .Select(it => (((string)it["name"]!).Split('\'')[^2], (bool)it["properties"]!["allow"]!))
                .Order()
        );

    /// <summary>By the words of the options; a hash of a key is none.</summary>
    private static bool IsSecret(string setting) =>
        setting.StartsWith($"{PproOptions.Section}__", StringComparison.Ordinal) && Words().IsMatch(setting);

    [GeneratedRegex(
        @"\blist[A-Z]\w*\(|AccountKey|SharedAccess|DefaultEndpointsProtocol|BlobEndpoint=|secure(string|object)",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Keys();

    [GeneratedRegex("__(ApiKey|SigningSecrets)(__|$)")]
    private static partial Regex Words();
}
