using System.Security.Cryptography;
using System.Text;

namespace Billing;

/// <summary>
/// Our name of an agreement: 26 characters of <c>[a-z0-9]</c> without a meaning for callers. It is the partition key
/// of everything about the agreement, and PPRO hears it as <c>merchantPaymentAgreementReference</c>.
/// </summary>
public sealed record AgreementId
{
    public const int Length = 26;

    private AgreementId(string value) => Value = value;

    public string Value { get; }

    /// <summary>
    /// The id that a caller's <c>Idempotency-Key</c> stands for: the same key always means the same agreement, so
    /// that inserting the row is the idempotency check.
    /// </summary>
    public static AgreementId FromKey(string idempotencyKey) =>
        new(ShortHash.Of("create-agreement\n" + idempotencyKey));

    public static AgreementId Random() => new(ShortHash.Encode(RandomNumberGenerator.GetBytes(ShortHash.Bytes)));

    public static bool TryParse(string? text, out AgreementId id)
    {
        var isId = text is not null && ShortHash.IsOne(text);
        id = new(isId ? text! : string.Empty);
        return isId;
    }

    public static AgreementId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException("Not an agreement id.");

    public override string ToString() => Value;
}

/// <summary>A hash that fits a row key: 26 characters of lower-case base 32.</summary>
public static class ShortHash
{
    internal const int Bytes = 16;
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

    public static string Of(string text) => Encode(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, Bytes));

    /// <summary>True for a text that has the form of one: it fits a row key.</summary>
    public static bool IsOne(string text) =>
        text.Length == AgreementId.Length && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c));

    internal static string Encode(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(AgreementId.Length);
        int buffer = 0,
            bits = 0;
        foreach (var value in bytes)
        {
            buffer = (buffer << 8) | value;
            for (bits += 8; bits >= 5; bits -= 5)
            {
                text.Append(Alphabet[(buffer >> (bits - 5)) & 31]);
            }

            buffer &= (1 << bits) - 1;
        }

        return bits is 0 ? text.ToString() : text.Append(Alphabet[(buffer << (5 - bits)) & 31]).ToString();
    }
}
