namespace PproSimulator;

/// <summary>The time of an entry while the journal is played, and another clock's before and after.</summary>
internal sealed class JournalClock(TimeProvider clock) : TimeProvider
{
    public DateTimeOffset? PlayedAt { get; set; }

    public override DateTimeOffset GetUtcNow() => PlayedAt ?? clock.GetUtcNow();
}
