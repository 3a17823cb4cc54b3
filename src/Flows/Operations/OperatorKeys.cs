using System.Security.Cryptography;
using System.Text;
using Flows.Requests;

namespace Flows.Operations;

/// <summary>The operators' keys, by their hashes: the keys themselves are known to their owners only.</summary>
/// <param name="hashes">Names with the SHA-256 of their keys; one name may have several.</param>
/// <param name="isThisMachine">True when PPRO is this machine's simulator: nothing here is worth a key.</param>
public sealed class OperatorKeys(IEnumerable<(string Name, byte[] Hash)> hashes, bool isThisMachine)
{
    private readonly List<(string Name, byte[] Hash)> known = [.. hashes];

    /// <summary>Whether anybody has a key.</summary>
    public bool AreSet => known.Count > 0;

    /// <summary>A local run without keys asks for none.</summary>
    public bool AreNeeded => AreSet || !isThisMachine;

    /// <summary>
    /// Whose key this is, or null. All are compared, each in constant time, so that how long it takes tells nothing.
    /// </summary>
    public WhoAsks? FindOwner(string? key)
    {
        var given = SHA256.HashData(Encoding.UTF8.GetBytes(key ?? string.Empty));
        WhoAsks? owner = null;
        foreach (var (name, hash) in known)
        {
            owner = CryptographicOperations.FixedTimeEquals(given, hash) ? WhoAsks.Named(name) : owner;
        }

        return string.IsNullOrEmpty(key) ? null : owner;
    }
}
