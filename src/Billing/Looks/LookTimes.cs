namespace Billing;

/// <summary>When something open is read again: after 3, 10, 30 min, 2 h, and then every 4 h.</summary>
public static class LookTimes
{
    private static readonly TimeSpan[] First =
    [
        TimeSpan.FromMinutes(3),
        TimeSpan.FromMinutes(10),
        TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(2),
    ];

    private static readonly TimeSpan Every = TimeSpan.FromHours(4);

    /// <summary>
    /// The first rung, counted from <paramref name="start"/>, that lies after <paramref name="last"/>.
    /// </summary>
    public static DateTimeOffset After(DateTimeOffset start, DateTimeOffset? last)
    {
        if (last is not { } seen || seen < start + First[0])
        {
            return start + First[0];
        }

        foreach (var rung in First)
        {
            if (start + rung > seen)
            {
                return start + rung;
            }
        }

        var rounds = ((seen - start - First[^1]).Ticks / Every.Ticks) + 1;
        return start + First[^1] + (rounds * Every);
    }
}
