namespace Billing;

/// <summary>Where instants become calendar days. The only place that knows a time zone: Asia/Seoul.</summary>
public static class BillingCalendar
{
    private static readonly TimeZoneInfo Seoul = TimeZoneInfo.FindSystemTimeZoneById("Asia/Seoul");

    public static DateOnly DateAt(DateTimeOffset instant) => DateOnly.FromDateTime(LocalAt(instant));

    public static TimeOnly TimeAt(DateTimeOffset instant) => TimeOnly.FromDateTime(LocalAt(instant));

    /// <summary>When this day begins.</summary>
    public static DateTimeOffset StartOf(DateOnly date) => InstantAt(date, TimeOnly.MinValue);

    public static DateTimeOffset InstantAt(DateOnly date, TimeOnly time)
    {
        var local = date.ToDateTime(time, DateTimeKind.Unspecified);
        return new DateTimeOffset(local, Seoul.GetUtcOffset(local)).ToUniversalTime();
    }

    private static DateTime LocalAt(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, Seoul).DateTime;
}
