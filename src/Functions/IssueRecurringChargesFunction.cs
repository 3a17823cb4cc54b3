using Flows.Looks;
using Flows.Walk;

namespace Functions;

/// <summary>Every minute. Nothing rests on its being single, or on its never being late.</summary>
public sealed class IssueRecurringChargesFunction(EveryMinute flow)
{
    [Function(nameof(IssueRecurringCharges))]
    public Task RunAsync([TimerTrigger("0 * * * * *")] TimerInfo timer, CancellationToken cancellationToken) =>
        flow.RunAsync(cancellationToken);
}
