namespace JourneyKit;

/// <summary>
/// A clock whose time of day stands still until a test moves it. Its timers are real: what waits a few milliseconds
/// for a lost race goes on by itself.
/// </summary>
public sealed class SetClock(DateTimeOffset start) : TimeProvider
{
    private long utcTicks = start.UtcTicks;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref utcTicks), TimeSpan.Zero);

    /// <summary>Time does not go back: a moment that has passed changes nothing.</summary>
    public void AdvanceTo(DateTimeOffset moment)
    {
        if (moment > GetUtcNow())
        {
            Interlocked.Exchange(ref utcTicks, moment.UtcTicks);
        }
    }
}
