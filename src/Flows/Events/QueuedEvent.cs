using System.Globalization;
using System.Text;

namespace Flows.Events;

/// <summary>
/// A verified webhook on its way: one header line that says when it came, then the bytes as PPRO sent them.
/// </summary>
public sealed record QueuedEvent(DateTimeOffset ReceivedAt, ReadOnlyMemory<byte> Raw)
{
    private const string Version = "v1 ";

    public ReadOnlyMemory<byte> ToMessage()
    {
        var header = string.Create(CultureInfo.InvariantCulture, $"{Version}{ReceivedAt.UtcDateTime:O}\n");
        return (byte[])[.. Encoding.ASCII.GetBytes(header), .. Raw.Span];
    }

    /// <summary>Null for a message that we did not write.</summary>
    public static QueuedEvent? Parse(ReadOnlyMemory<byte> message)
    {
        var end = message.Span.IndexOf((byte)'\n');
        var header = end < 0 ? string.Empty : Encoding.ASCII.GetString(message.Span[..end]);
        return
            header.StartsWith(Version, StringComparison.Ordinal)
            && DateTimeOffset.TryParseExact(
                header[Version.Length..],
                "O",
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out var receivedAt
            )
            ? new(receivedAt, message[(end + 1)..])
            : null;
    }
}
