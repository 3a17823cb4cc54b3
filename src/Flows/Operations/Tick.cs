using Flows.Looks;
using Flows.Replies;
using Flows.Requests;
using Storage;

namespace Flows.Operations;

/// <summary>
/// An operator runs the timer's flow now. It may run beside the timer, at any time; who asked, and how many agreements
/// were due before and after, is kept.
/// </summary>
public sealed class Tick(
    IssueRecurringCharges flow,
    WakeUps wakeUps,
    OperatorActions operatorActions,
    TimeProvider clock
)
{
    private const int MaxCounted = 1_000;

    public async Task<Reply> RunAsync(WhoAsks who, ReadOnlyMemory<byte>? bytes, CancellationToken cancellationToken)
    {
        var (wish, problem) = OperatorsWish.Read(who, bytes);
        if (wish is null)
        {
            return problem!;
        }

        var before = await DescribeAsync(cancellationToken);
        var taken = await flow.RunAsync(cancellationToken);
        var after = await DescribeAsync(cancellationToken);
        var action = new OperatorAction(clock.GetUtcNow(), "tick", wish.Actor, wish.Reason, before, after);
        await operatorActions.AddAsync(OperatorActions.Timer, action, cancellationToken);
        return Reply.Json(200, new(taken), StorefrontJson.Readable.TickView);
    }

    private async Task<string> DescribeAsync(CancellationToken cancellationToken)
    {
        var due = await wakeUps.DueAsync(MaxCounted, cancellationToken);
        return due.Count < MaxCounted ? $"{due.Count} due" : $"{MaxCounted} or more due";
    }
}
