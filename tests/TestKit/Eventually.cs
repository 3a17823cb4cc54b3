using System.Diagnostics;

namespace TestKit;

/// <summary>Waits for a condition, with a deadline; never for a time.</summary>
public static class Eventually
{
    /// <summary>Longer than a message stays hidden after its first failure.</summary>
    public static TimeSpan Deadline { get; } = TimeSpan.FromSeconds(90);

    /// <summary>The first result that is not null.</summary>
    public static async Task<T> GetAsync<T>(Func<Task<T?>> find, string what)
        where T : class
    {
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < Deadline)
        {
            if (await find() is { } found)
            {
                return found;
            }

            await Task.Delay(25);
        }

        throw new TimeoutException($"Not within {Deadline.TotalSeconds} s: {what}");
    }

    public static Task TrueAsync(Func<Task<bool>> isTrue, string what) =>
        GetAsync(async () => await isTrue() ? "yes" : null, what);
}
