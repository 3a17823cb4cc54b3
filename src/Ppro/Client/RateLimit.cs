using System.Globalization;

namespace Ppro;

/// <summary>PPRO's token bucket, as its headers tell it: per second, and at once.</summary>
public sealed record RateLimit(int? Remaining, int? BurstCapacity, int ReplenishRate)
{
    internal static RateLimit? Read(HttpResponseMessage response) =>
        Number(response, "X-RateLimit-Replenish-Rate") is > 0 and var rate
            ? new(Number(response, "X-RateLimit-Remaining"), Number(response, "X-RateLimit-Burst-Capacity"), rate)
            : null;

    private static int? Number(HttpResponseMessage response, string header) =>
        response.Headers.TryGetValues(header, out var values)
        && int.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
