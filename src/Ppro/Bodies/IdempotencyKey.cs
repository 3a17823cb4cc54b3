using System.Security.Cryptography;
using System.Text;

namespace Ppro;

/// <summary>
/// PPRO wants a version 4 UUID per operation (docs/ppro.md, Idempotency keys). Ours is derived from what the operation
/// is about, so that no crash and no retry can mint a second one.
/// </summary>
public static class IdempotencyKey
{
    public static string From(params ReadOnlySpan<string> parts)
    {
        var text = new StringBuilder();
        foreach (var part in parts)
        {
            text.Append(part.Length).Append(':').Append(part);
        }

        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString();
    }
}
