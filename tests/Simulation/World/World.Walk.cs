using Flows.Walk;
using Storage;

namespace Simulation.Tests;

/// <summary>The daily walk at the end of a history.</summary>
internal sealed partial class World
{
    /// <summary>
    /// The README's promises 5 and 20, and the walk itself: after everything has settled it finds every look in
    /// somebody's hands, all sums borne out, and nothing at PPRO that our books do not explain.
    /// </summary>
    public void WalkAtLast()
    {
        RunUntil(Time.Now + TimeSpan.FromHours(25)); // A round that the history began is over.
        var host = new Host(this, ++born);
        var actor = host.NewActor("walk at last");
        Stage.Start(
            actor,
            () => host.Get<WalkAgreements>().RunAsync(default),
            failure => Failures.Judge(this, actor, failure)
        );
        RunUntil(Time.Now + TimeSpan.FromMinutes(4));
        host.GoDown();
        host.Dispose();
        JudgeWalk(new WalkStateStore(Tables).LoadAsync(default).Result.State);
    }

    private void JudgeWalk(WalkState state)
    {
        var mayBeUnexplained = Lives.Exists(Oddly.Has);
        if (
            Violation is not null
            || (
                state is { FinishedAt: not null, Counts: { Failed: 0, Rearmed: 0 } }
                && (state.Counts.Unexplained is 0 || mayBeUnexplained)
            )
        )
        {
            return;
        }

        var found = new ExceptionList(Tables).ListAsync(null, 10, default).Result;
        Violate(
            $"the walk at last found {state.Counts}: {string.Join("; ", found.Select(it => $"{it.Subject} {it.Reason}"))}"
        );
    }
}
