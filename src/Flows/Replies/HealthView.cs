namespace Flows;

/// <summary>What an operator asks first.</summary>
public sealed record HealthView(
    string Status,
    DateTimeOffset Now,
    DateTimeOffset? FirstWakeUpAt,
    double OverdueMinutes,
    ChargingControlView? Charging
);

/// <summary>How many agreements a run of the timer's flow put on the queue.</summary>
public sealed record TickView(int Due);
