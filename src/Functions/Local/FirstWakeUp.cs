using Storage;

namespace Functions;

/// <summary>The app's next moment, for advancing the simulated clock. Compiled for local runs only.</summary>
public sealed class FirstWakeUp(WakeUps wakeUps) : INextMoment
{
    public Task<DateTimeOffset?> NextAsync(CancellationToken cancellationToken) =>
        wakeUps.FirstAsync(cancellationToken);
}
