namespace Simulation.Tests;

/// <summary>
/// A machine's clock: what its wall shows may be wrong by <see cref="Offset"/>; timestamps and timers follow true
/// time. A timer belongs to the actor that made it, and dies with it.
/// </summary>
internal sealed class SimClock(VirtualTime time, Stage? stage = null) : TimeProvider
{
    public TimeSpan Offset { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => time.Now + Offset;

    public override long GetTimestamp() => time.Elapsed.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var owner = stage?.Current;
        return new Timer(time, Fire, dueTime);

        void Fire()
        {
            if (owner is null)
            {
                callback(state);
            }
            else
            {
                stage!.Run(owner, () => callback(state));
            }
        }
    }

    private sealed class Timer : ITimer
    {
        private readonly VirtualTime time;
        private readonly Action fire;
        private Moment? next;

        public Timer(VirtualTime time, Action fire, TimeSpan dueTime)
        {
            (this.time, this.fire) = (time, fire);
            Change(dueTime, Timeout.InfiniteTimeSpan);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            next?.Cancel();
            next = dueTime == Timeout.InfiniteTimeSpan ? null : time.After(dueTime, fire);
            return true;
        }

        public void Dispose() => next?.Cancel();

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
