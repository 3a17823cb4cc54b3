namespace Storage;

/// <summary>
/// Bytes as a message's text. Not left to the SDK, which refuses a whole batch when one message in it is not base64
/// (put by hand in the portal, say): such a message is read as the characters it has, and its reader judges them.
/// </summary>
internal static class QueueText
{
    private const int TextBytesMax = 64 * 1024;

    /// <summary>What fits into a message: 48 KiB.</summary>
    private const int BodyBytesMax = TextBytesMax / 4 * 3;

    public static string Of(ReadOnlySpan<byte> body) =>
        body.Length <= BodyBytesMax
            ? Convert.ToBase64String(body)
            : throw new ArgumentException($"A message has at most {BodyBytesMax} bytes, not {body.Length}.");

    public static ReadOnlyMemory<byte> Read(string text)
    {
        var body = new byte[text.Length];
        return Convert.TryFromBase64String(text, body, out var length)
            ? body.AsMemory(0, length)
            : System.Text.Encoding.UTF8.GetBytes(text);
    }
}
