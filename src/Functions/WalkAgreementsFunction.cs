using Flows.Walk;

namespace Functions;

/// <summary>Every hour, a slice of the daily walk.</summary>
public sealed class WalkAgreementsFunction(WalkAgreements flow)
{
    [Function(nameof(WalkAgreements))]
    public Task RunAsync([TimerTrigger("0 7 * * * *")] TimerInfo timer, CancellationToken cancellationToken) =>
        flow.RunAsync(cancellationToken);
}
