namespace PproSimulator;

/// <summary>One token per request; reads and writes have a bucket each.</summary>
internal sealed class TokenBucket(int perSecond, int burst)
{
    private double tokens = burst;
    private DateTimeOffset? filledAt;

    /// <summary>What remains after this request; -1 when there was nothing left.</summary>
    public int Take(DateTimeOffset now)
    {
        var passed = Math.Max(0, (now - (filledAt ?? now)).TotalSeconds);
        (tokens, filledAt) = (Math.Min(burst, tokens + (passed * perSecond)), now);
        if (tokens < 1)
        {
            return -1;
        }

        tokens--;
        return (int)tokens;
    }
}
