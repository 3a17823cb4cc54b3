using Flows.Events;
using Flows.Looks;

namespace Flows.Walk;

/// <summary>The timer's work: what is due, and every few minutes what lies in the poison queues.</summary>
public sealed class EveryMinute(
    IssueRecurringCharges issueRecurringCharges,
    EmptyPoisonQueues emptyPoisonQueues,
    TimeProvider clock
)
{
    /// <summary>Two receives in so many minutes cost an idle system next to nothing.</summary>
    private const int PoisonEvery = 5;

    /// <summary>The next minute after this one in which what lies in poison is taken.</summary>
    public static DateTimeOffset PoisonTimeAfter(DateTimeOffset now) =>
        new(now.Ticks - (now.Ticks % Period.Ticks) + Period.Ticks, now.Offset);

    private static TimeSpan Period => TimeSpan.FromMinutes(PoisonEvery);

    /// <summary>Neither keeps the other from being done. How many looks were asked for.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var isPoisonTime = clock.GetUtcNow().Minute % PoisonEvery is 0;
        try
        {
            return await issueRecurringCharges.RunAsync(cancellationToken);
        }
        finally
        {
            if (isPoisonTime)
            {
                await emptyPoisonQueues.RunAsync(cancellationToken);
            }
        }
    }
}
