using System.Security.Cryptography;
using System.Text;

namespace Billing;

/// <summary>A hash that fits a row key: 26 characters of lower-case base 32.</summary>
public static class ShortHash
{
    /// <summary>16 bytes, five bits a character.</summary>
    public const int Length = 26;

    internal const int Bytes = 16;
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

    public static string Of(string text) => Encode(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, Bytes));

    /// <summary>True for a text that has the form of one: it fits a row key.</summary>
    public static bool IsOne(string text) =>
        text.Length == Length && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c));

    internal static string Encode(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(Length);
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
