using System.Collections.Immutable;

namespace Billing;

/// <summary>
/// What an operator may set about when and whether to charge. The values here are the defaults.
/// </summary>
public sealed record BillingRules
{
    public static BillingRules Default { get; } = new();

    /// <summary>Charges leave between these local times; the window's end is exclusive.</summary>
    public TimeOnly WindowOpens { get; init; } = new(9, 0);

    public TimeOnly WindowCloses { get; init; } = new(21, 0);

    /// <summary>Due times are spread over this long after the opening, by a hash of the agreement id.</summary>
    public TimeSpan Spread { get; init; } = TimeSpan.FromHours(2);

    /// <summary>Days after a period's due day on which a soft decline is tried again.</summary>
    public ImmutableArray<int> DunningDays { get; init; } = [1, 3, 5, 7];

    /// <summary>When an agreement that waits for approval is looked at, counted from its creation.</summary>
    public ImmutableArray<TimeSpan> ApprovalLooks { get; init; } =
    [TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(60)];

    /// <summary>An agreement without any word from PPRO for this long is read before it is charged.</summary>
    public TimeSpan Freshness { get; init; } = TimeSpan.FromDays(35);

    /// <summary>
    /// From the last possible send on, reads must stay empty this long before a charge never happened.
    /// </summary>
    public TimeSpan NeverHappenedAfter { get; init; } = TimeSpan.FromHours(72);

    /// <summary>At most this many attempts for one period, whoever asks for them.</summary>
    public const int MaxAttempts = 20;

    /// <summary>What becomes of an agreement whose period could not be collected.</summary>
    public AfterLastDecline AfterLastDecline { get; init; }

    /// <summary>What becomes of an agreement whose plan has no period left.</summary>
    public AfterLastPeriod AfterLastPeriod { get; init; }

    /// <summary>At most this many single charges of one agreement in one Seoul day.</summary>
    public int SingleChargesPerDay { get; init; } = 20;

    /// <summary>The consumer's time to approve.</summary>
    public TimeSpan ApprovalDeadline => ApprovalLooks[^1];
}

/// <summary>After the last decline of a period.</summary>
public enum AfterLastDecline
{
    /// <summary>Past due; the next period is charged on its own.</summary>
    Leave,

    /// <summary>The agreement is cancelled.</summary>
    Cancel,
}

/// <summary>After the last period of a plan: its term is over, or as many were captured as agreed.</summary>
public enum AfterLastPeriod
{
    /// <summary>The agreement is revoked at PPRO when what was paid for is over.</summary>
    Revoke,

    /// <summary>It stays active; nothing more is charged by itself.</summary>
    Keep,
}
