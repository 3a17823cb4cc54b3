using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PproSimulator;

/// <summary>
/// PPRO's signatures (docs/ppro.md, Webhooks: signature), written independently of the app that verifies them.
/// </summary>
public static class Signing
{
    /// <summary><c>PPRO-Signature</c>.</summary>
    public static string Header(byte[] body, string secret, DateTimeOffset at)
    {
        var time = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] message = [.. Encoding.UTF8.GetBytes(time + "."), .. body];
        return $"t={time},s={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), message))}";
    }

    /// <summary>The deprecated <c>Webhook-Signature</c>.</summary>
    public static string LegacyHeader(byte[] body, string secret) =>
        Convert.ToHexStringLower(SHA256.HashData([.. body, (byte)'.', .. Encoding.UTF8.GetBytes(secret)]));
}
