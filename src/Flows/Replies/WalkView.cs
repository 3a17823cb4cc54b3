using Billing;
using Storage;

namespace Flows.Replies;

/// <summary>The daily walk: the round under way or the last one, and the counts of the one before.</summary>
public sealed record WalkView(WalkCounts Counts)
{
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Absent while the round is under way.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    public DateTimeOffset? LastSliceAt { get; init; }

    public WalkCounts? Before { get; init; }

    public static WalkView Of(WalkState state) =>
        new(state.Counts)
        {
            StartedAt = state.StartedAt,
            FinishedAt = state.FinishedAt,
            LastSliceAt = state.LastSliceAt,
            Before = state.Before,
        };
}

/// <summary>One agreement, checked now.</summary>
/// <param name="Agreement">Its id.</param>
/// <param name="IsCompared">False when PPRO did not answer, or does not know it.</param>
/// <param name="Findings">Everything that was compared.</param>
public sealed record RecheckView(string Agreement, bool IsCompared, IReadOnlyList<FindingView> Findings)
{
    public static RecheckView Of(AgreementId id, bool isCompared, IEnumerable<Finding> findings) =>
        new(id.Value, isCompared, [.. findings.Select(FindingView.Of)]);
}

/// <summary><c>standing</c> is MATCHED, EXPLAINED or UNEXPLAINED.</summary>
public sealed record FindingView(string Subject, string Standing, string? Reason)
{
    public static FindingView Of(Finding finding) =>
        new(
            finding.Subject,
            finding.Standing.ToString().ToUpperInvariant(),
            finding.Reason.Length is 0 ? null : finding.Reason
        );
}
