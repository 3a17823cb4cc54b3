using System.Security.Cryptography;
using System.Text;
using JourneyKit;

namespace Unit.Tests.JourneyTests;

/// <summary>Settings with operators' keys, as a process starts with them.</summary>
internal static class OperatorsKeysOf
{
    public const string PproElsewhere = "https://api.eu.ppro.com";

    /// <summary>A process in which these operators have these keys.</summary>
    public static Journey JourneyWithKeys(this MemoryWorld world, params IEnumerable<(string Name, string Key)> keys) =>
        world.JourneyWithKeys("http://127.0.0.1/", keys);

    public static Journey JourneyWithKeys(
        this MemoryWorld world,
        string ppro,
        params IEnumerable<(string Name, string Key)> keys
    )
    {
        var settings = new Dictionary<string, string?> { ["Ppro:BaseUrl"] = ppro };
        if (ppro is PproElsewhere)
        {
            settings["Ppro:ApiKey"] = "key_of_nobody";
            settings["Ppro:MerchantId"] = "merch_of_nobody";
            settings["Ppro:SigningSecrets:0"] = "a signing secret of nobody, no secret";
        }

        foreach (var (index, (name, key)) in keys.Index())
        {
            settings[$"Operators:{index}:Name"] = name;
            settings[$"Operators:{index}:KeySha256"] = HashOf(key);
        }

        return world.NewJourney(new NoWatch(), settings: settings);
    }

    public static string HashOf(string key) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
