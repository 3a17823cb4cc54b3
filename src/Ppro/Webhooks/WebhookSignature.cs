using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Ppro;

/// <summary>
/// Was it PPRO? The signature covers the bytes that PPRO sent: verify before anything parses or re-encodes them
/// (docs/ppro.md, Webhooks: signature).
/// </summary>
public static class WebhookSignature
{
    public const string Header = "PPRO-Signature";
    public const string LegacyHeader = "Webhook-Signature";

    /// <summary>A digest in hexadecimal digits: those of SHA-256, which both forms use.</summary>
    internal const int DigestDigits = 2 * SHA256.HashSizeInBytes;

    public static SignatureVerdict Verify(
        ReadOnlySpan<byte> body,
        string? signature,
        string? legacySignature,
        SignatureRules rules,
        DateTimeOffset now
    )
    {
        if (!string.IsNullOrEmpty(signature))
        {
            return SignatureHeader.Parse(signature) is { } header
                ? Verify(body, header, rules, now)
                : SignatureVerdict.Malformed;
        }

        return rules.AcceptLegacy && !string.IsNullOrEmpty(legacySignature)
            ? VerifyLegacy(body, legacySignature, rules)
            : SignatureVerdict.Missing;
    }

    /// <summary>A header as PPRO would send it, for tests and tools.</summary>
    public static string Sign(ReadOnlySpan<byte> body, string secret, DateTimeOffset at)
    {
        var time = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return $"t={time},s={Convert.ToHexStringLower(Digest(body, time, secret))}";
    }

    /// <summary>The age is judged only after the digest: an old forgery is a forgery.</summary>
    private static SignatureVerdict Verify(
        ReadOnlySpan<byte> body,
        SignatureHeader header,
        SignatureRules rules,
        DateTimeOffset now
    )
    {
        if (!IsSigned(body, header, rules))
        {
            return SignatureVerdict.Forged;
        }

        var age = now - header.Time;
        return age < -rules.FutureLimit ? SignatureVerdict.FromTheFuture
            : age > rules.PastLimit ? SignatureVerdict.TooOld
            : SignatureVerdict.Valid;
    }

    /// <summary>Every secret is tried against every signature, whatever the first comparison says.</summary>
    private static bool IsSigned(ReadOnlySpan<byte> body, SignatureHeader header, SignatureRules rules)
    {
        var isSigned = false;
        foreach (var secret in rules.Usable)
        {
            var expected = Digest(body, header.TimeText, secret);
            foreach (var claimed in header.Signatures)
            {
                isSigned |= CryptographicOperations.FixedTimeEquals(expected, claimed);
            }
        }

        return isSigned;
    }

    private static byte[] Digest(ReadOnlySpan<byte> body, string time, string secret)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hmac.AppendData(Encoding.UTF8.GetBytes(time + "."));
        hmac.AppendData(body);
        return hmac.GetHashAndReset();
    }

    /// <summary>The deprecated form has no time, so only the event's id stops a replay.</summary>
    private static SignatureVerdict VerifyLegacy(ReadOnlySpan<byte> body, string signature, SignatureRules rules)
    {
        if (signature.Length is not DigestDigits || !signature.All(char.IsAsciiHexDigit))
        {
            return SignatureVerdict.Malformed;
        }

        var claimed = Convert.FromHexString(signature);
        var isSigned = false;
        foreach (var secret in rules.Usable)
        {
            byte[] signed = [.. body, (byte)'.', .. Encoding.UTF8.GetBytes(secret)];
            isSigned |= CryptographicOperations.FixedTimeEquals(SHA256.HashData(signed), claimed);
        }

        return isSigned ? SignatureVerdict.Valid : SignatureVerdict.Forged;
    }
}
