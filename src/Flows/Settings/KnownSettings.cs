using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Flows.Settings;

/// <summary>
/// A name that no setting has is a setting with a mistyped name; and a reference to a vault that was not resolved is no
/// value: neither is passed over in silence.
/// </summary>
internal sealed class KnownSettings<T>(IConfiguration? configuration, string section) : IValidateOptions<T>
    where T : class
{
    /// <summary>How App Service writes one that it could not resolve: as it stands in the app's settings.</summary>
    private const string VaultReference = "@Microsoft.KeyVault(";

    public ValidateOptionsResult Validate(string? name, T options)
    {
        var faults = configuration?.GetSection(section).GetChildren().SelectMany(FaultsOf).ToList() ?? [];
        return faults.Count is 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> FaultsOf(IConfigurationSection setting)
    {
        var known = typeof(T).GetProperties().Select(it => it.Name).Order(StringComparer.Ordinal).ToList();
        if (!known.Contains(setting.Key, StringComparer.OrdinalIgnoreCase))
        {
            yield return $"{NameOf(setting)} is no setting: there are {string.Join(", ", known)}.";
        }

        foreach (var unresolved in Values(setting).Where(IsVaultReference))
        {
            yield return $"{NameOf(unresolved)} is a reference to a vault that could not be resolved: see whether the "
                + "secret is there, and whether the app's identity may read it.";
        }
    }

    private static bool IsVaultReference(IConfigurationSection setting) =>
        setting.Value?.TrimStart().StartsWith(VaultReference, StringComparison.OrdinalIgnoreCase) is true;

    private static IEnumerable<IConfigurationSection> Values(IConfigurationSection setting) =>
        setting.GetChildren().SelectMany(Values).Prepend(setting);

    private static string NameOf(IConfigurationSection setting) =>
        setting.Path.Replace(":", "__", StringComparison.Ordinal);
}
