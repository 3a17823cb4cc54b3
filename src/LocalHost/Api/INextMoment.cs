namespace LocalHost;

/// <summary>
/// Whoever knows when something happens next, so that advancing the simulated clock can go from event to event.
/// Implementations in the app's own assembly are found by themselves.
/// </summary>
public interface INextMoment
{
    /// <summary>The next moment; one that is not after now says that something is under way; null for none.</summary>
    Task<DateTimeOffset?> NextAsync(CancellationToken cancellationToken);
}

/// <summary>
/// Something the app wants done before its functions run locally. Found by itself, like the functions.
/// </summary>
public interface ILocalStart
{
    Task StartAsync(CancellationToken cancellationToken);
}
