using Billing;
using Storage;

namespace Flows.Walk;

/// <summary>Why a wake-up may be late although somebody holds it.</summary>
/// <param name="IsTimerUpToDate">False while wake-ups wait for the timer or messages for a look.</param>
/// <param name="IsGateOpen">False while charging is stopped or has just been started again.</param>
public sealed record RearmRules(bool IsTimerUpToDate, bool IsGateOpen);

/// <summary>What a visit found.</summary>
public sealed record Visit(IReadOnlyList<Finding> Findings, bool IsCompared)
{
    public bool HasFailed { get; init; }

    public WalkCounts ToCounts() =>
        new()
        {
            Visited = HasFailed ? 0 : 1,
            Compared = IsCompared ? 1 : 0,
            Failed = HasFailed ? 1 : 0,
            Matched = Count(Standing.Matched),
            Explained = Count(Standing.Explained),
            Unexplained = Count(Standing.Unexplained),
        };

    private int Count(Standing standing) => Findings.Count(it => it.Standing == standing);
}
