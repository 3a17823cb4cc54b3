using System.Collections.Immutable;
using System.Globalization;

namespace Ppro;

/// <summary>
/// <c>t=…,s=…</c> (docs/ppro.md, Webhooks: signature). The time is kept as the exact text that was signed; there may be
/// several signatures while a secret is rotated; unknown keys are passed over.
/// </summary>
internal sealed record SignatureHeader(string TimeText, DateTimeOffset Time, ImmutableArray<byte[]> Signatures)
{
    private const int MaxLength = 4096;
    private const int MaxSignatures = 10;

    public static SignatureHeader? Parse(string header)
    {
        if (header.Length > MaxLength)
        {
            return null;
        }

        string? time = null;
        List<byte[]> signatures = [];
        foreach (var part in header.Split(',', StringSplitOptions.TrimEntries))
        {
            switch (part.Split('=', 2))
            {
                case ["t", var text] when time is null:
                    time = text;
                    break;
                case ["s", var hex] when hex.Length is WebhookSignature.DigestDigits && hex.All(char.IsAsciiHexDigit):
                    signatures.Add(Convert.FromHexString(hex));
                    break;
            }
        }

        return time is not null && TryParseTime(time, out var at) && signatures.Count is > 0 and <= MaxSignatures
            ? new(time, at, [.. signatures])
            : null;
    }

    /// <summary>A Unix time means seconds; one of 13 digits can only be milliseconds.</summary>
    private static bool TryParseTime(string text, out DateTimeOffset time)
    {
        time = default;
        if (text.Length > 13 || !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        time = text.Length is 13
            ? DateTimeOffset.FromUnixTimeMilliseconds(number)
            : DateTimeOffset.FromUnixTimeSeconds(Math.Min(number, 253_402_300_799));
        return true;
    }
}
