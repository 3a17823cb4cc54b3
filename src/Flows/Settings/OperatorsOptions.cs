using Microsoft.Extensions.Configuration;

namespace Flows.Settings;

/// <summary>
/// Whose keys open the operators' routes. A key itself is nowhere kept; an operator may have several, so that one can
/// be replaced by another without a moment in which neither opens.
/// </summary>
public sealed class OperatorsOptions : ICheckedSettings
{
    public const string Section = "Operators";

    /// <summary>By their number in the settings, which may have gaps when a key was taken away.</summary>
    public Dictionary<string, OperatorSettings> ByNumber { get; } = [];

    /// <summary>Read by hand: a binder leaves out what it cannot read, and nobody would hear of it.</summary>
    internal static void Read(OperatorsOptions options, IConfiguration settings)
    {
        foreach (var one in settings.GetSection(Section).GetChildren())
        {
            options.ByNumber[one.Key] = new() { Name = one["Name"], KeySha256 = one["KeySha256"] };
        }
    }

    IEnumerable<string> ICheckedSettings.Faults() =>
        ByNumber.SelectMany(it => it.Value.Faults(NameOf(it.Key))).Concat(RepeatedKeys());

    /// <summary>One key has one name: else nobody could say which of the two was here.</summary>
    private IEnumerable<string> RepeatedKeys() =>
        ByNumber
            .Where(it => it.Value.IsHash)
            .GroupBy(it => it.Value.KeySha256!, StringComparer.OrdinalIgnoreCase)
            .SelectMany(same => same.Skip(1).Select(it => Repeated(it.Key, same.First().Key)));

    private static string Repeated(string number, string first) =>
        $"{NameOf(number)}__KeySha256 must be the hash of another key than {NameOf(first)}__KeySha256: "
        + "a key belongs to one operator, and is given once.";

    private static string NameOf(string number) => $"{Section}__{number}";
}

/// <summary>One key of one operator.</summary>
public sealed class OperatorSettings
{
    private const int HashDigits = 64;

    /// <summary>Who is recorded as the actor; several keys may have one name.</summary>
    public string? Name { get; init; }

    /// <summary>SHA-256 of the key's bytes, in hexadecimal digits.</summary>
    public string? KeySha256 { get; init; }

    internal bool IsHash => KeySha256 is { Length: HashDigits } && KeySha256.All(char.IsAsciiHexDigit);

    internal IEnumerable<string> Faults(string setting)
    {
        if (string.IsNullOrWhiteSpace(Name) || Name.Length > PrintableText.MaxName || !PrintableText.IsLine(Name))
        {
            yield return $"{setting}__Name must be one line of printable text, "
                + $"of 1 to {PrintableText.MaxName} characters.";
        }

        if (!IsHash)
        {
            yield return $"{setting}__KeySha256 must be the SHA-256 of the operator's key, "
                + $"{HashDigits} hexadecimal digits.";
        }
    }
}
