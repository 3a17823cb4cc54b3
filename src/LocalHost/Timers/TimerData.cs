using System.Text.Json;
using LocalHost.Rpc;

namespace LocalHost.Timers;

/// <summary>What a timer function is told, in the timer extension's own form.</summary>
internal static class TimerData
{
    public static TypedData Of(DateTimeOffset now, DateTimeOffset next, bool isPastDue) =>
        new()
        {
            Json = JsonSerializer.Serialize(
                new
                {
                    Schedule = new { AdjustForDST = true },
                    ScheduleStatus = new
                    {
                        Last = now.UtcDateTime,
                        Next = next.UtcDateTime,
                        LastUpdated = now.UtcDateTime,
                    },
                    IsPastDue = isPastDue,
                }
            ),
        };
}
