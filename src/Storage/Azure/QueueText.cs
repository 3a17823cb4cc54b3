using System.Text;

namespace Storage;

/// <summary>
/// A message's text, which is ASCII: one header line, then its bytes as base64. The Functions worker has a message as
/// text only, in which bytes that are no UTF-8 would not survive. A text that is not ours (put by hand in the portal,
/// say) is read as the characters it has, and its reader judges them: so nothing cannot be read.
/// </summary>
public static class QueueText
{
    private const string Header = "v1\n";
    private const int TextBytesMax = 64 * 1024;

    /// <summary>What fits into a message.</summary>
    public const int MaxBytes = (TextBytesMax - 3) / 4 * 3;

    public static string Of(ReadOnlySpan<byte> body)
    {
        RequireFits(body.Length);
        return Header + Convert.ToBase64String(body);
    }

    public static void RequireFits(int length)
    {
        if (length > MaxBytes)
        {
            throw new ArgumentException($"A message has at most {MaxBytes} bytes, not {length}.");
        }
    }

    public static ReadOnlyMemory<byte> Read(string text)
    {
        var body = new byte[text.Length];
        return
            text.StartsWith(Header, StringComparison.Ordinal)
            && Convert.TryFromBase64Chars(text.AsSpan(Header.Length), body, out var length)
            ? body.AsMemory(0, length)
            : Encoding.UTF8.GetBytes(text);
    }
}
