namespace PproSimulator;

/// <summary>
/// PPRO's retry timetable: the first retry after 15 s, doubling, 15 deliveries in all, about 68 h.
/// </summary>
public static class DeliveryRetries
{
    public const int Deliveries = 15;

    /// <summary>The wait before the next delivery when this many have failed; null when there is no next one.</summary>
    public static TimeSpan? WaitAfter(int failed) =>
        failed < Deliveries ? TimeSpan.FromSeconds(15L << (failed - 1)) : null;
}
