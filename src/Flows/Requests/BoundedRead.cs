namespace Flows.Requests;

/// <summary>Reading a body without trusting its length.</summary>
public static class BoundedRead
{
    /// <summary>All bytes, or null when there are more than the limit.</summary>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(
        Stream stream,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var buffer = new byte[limit + 1];
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        if (length > limit)
        {
            return null;
        }

        return buffer.AsMemory(0, length);
    }
}
