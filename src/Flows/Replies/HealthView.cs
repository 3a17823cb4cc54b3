namespace Flows.Replies;

/// <summary>
/// What a load balancer needs to know, and everybody may: no names of people, no reasons and no sums.
/// </summary>
public sealed record HealthView(
    string Status,
    DateTimeOffset Now,
    DateTimeOffset? FirstWakeUpAt,
    double OverdueMinutes,
    HealthChargingView? Charging
)
{
    /// <summary>Tables and queues that are not there; absent when all are.</summary>
    public IReadOnlyList<string>? Missing { get; init; }
}

/// <summary>Who stopped it, and why, is told to operators only.</summary>
public sealed record HealthChargingView(bool IsStopped)
{
    /// <summary>False where the settings do not let this deployment charge (<c>Charging__Enabled</c>).</summary>
    public required bool IsEnabled { get; init; }
}

/// <summary>How many agreements a run of the timer's flow put on the queue.</summary>
public sealed record TickView(int Due);
