using Billing;
using Microsoft.Extensions.Logging;
using Ppro;
using Storage;

namespace Flows;

/// <summary>
/// One agreement, visited by the daily walk or because an operator asks: is its next look in hand, do its sums agree
/// with what moved, does PPRO say the same, and what may be thrown away?
/// </summary>
public sealed class VisitAgreement(
    AgreementStore store,
    AgreementLedger ledger,
    DirectoryWalk directory,
    WakeUps wakeUps,
    CompareWithPpro compareWithPpro,
    KeepFindings keepFindings,
    Deciding deciding,
    WalkRules rules,
    ILogger<VisitAgreement> logger
)
{
    /// <param name="entry">As the directory lists it.</param>
    /// <param name="mayRearm">What is known of wake-ups that are late for a good reason.</param>
    /// <param name="cancellationToken">The host's.</param>
    public async Task<WalkCounts> RunAsync(
        DirectoryEntry entry,
        RearmRules mayRearm,
        CancellationToken cancellationToken
    )
    {
        var now = deciding.Now;
        if (entry.IsOver && now - entry.ComparedAt < WalkRules.CompareAgain)
        {
            return new() { Visited = 1 };
        }

        if (await store.OpenAsync(entry.Id, cancellationToken) is not { } session || !entry.IsOf(session.Current))
        {
            var isOrphan = now - entry.CreatedAt >= WalkRules.OrphanAfter;
            return new()
            {
                Visited = 1,
                Orphans = isOrphan && await directory.DeleteAsync(entry, cancellationToken) ? 1 : 0,
            };
        }

        var isRearmed = await RearmAsync(session.Current, mayRearm, cancellationToken);
        var moved = await ledger.SumAsync(entry.Id, cancellationToken);
        var movedAt = Agreement.Latest(moved.LastAt, session.Current.FundsNewsAt);
        var visit = WalkRules.IsCompareDue(entry.ComparedAt, movedAt, now)
            ? await CompareAsync(session, moved, cancellationToken)
            : await JudgeAsync(session, moved, [], isCompared: false, cancellationToken);
        if (visit.IsCompared)
        {
            var isOver = session.Current.NextLookAt is null;
            await directory.MarkAsync(entry, now, isOver, cancellationToken);
        }

        return visit.ToCounts() with
        {
            Rearmed = isRearmed ? 1 : 0,
        };
    }

    /// <summary>Sums, PPRO's list and old events, now.</summary>
    public async Task<Visit> CompareAsync(
        AgreementSession session,
        MovedMoney moved,
        CancellationToken cancellationToken
    )
    {
        var isNamed = session.Current.Provider.Id is not null;
        var findings = isNamed ? await compareWithPpro.RunAsync(session, cancellationToken) : [];
        if (findings is not { } compared)
        {
            return await JudgeAsync(session, moved, [], isCompared: false, cancellationToken) with { HasFailed = true };
        }

        var visit = await JudgeAsync(session, moved, compared, isCompared: true, cancellationToken);
        var before = deciding.Now - rules.EventsKept;
        var id = session.Current.Id;
        return visit with
        {
            Purged = await ledger.PurgeEventsAsync(id, before, PproEventReader.MovesNoMoney, cancellationToken),
        };
    }

    /// <summary>
    /// Whoever is late gets a wake-up, for one too many does no harm; counted is only what nobody can have held.
    /// </summary>
    private async Task<bool> RearmAsync(Agreement agreement, RearmRules may, CancellationToken cancellationToken)
    {
        if (!may.IsTimerUpToDate || !WalkRules.IsLate(agreement.NextLookAt, deciding.Now))
        {
            return false;
        }

        await wakeUps.SucceedAsync(agreement.Id, deciding.Now, cancellationToken);
        if (!WalkRules.HasLostBaton(agreement, deciding.Rules, deciding.Now, may.IsGateOpen))
        {
            return false;
        }

        logger.BatonLost(agreement.Id, agreement.NextLookAt);
        return true;
    }

    /// <summary>
    /// Money may move while we read: sums that differ are read once more, together with the agreement, before they are
    /// a finding.
    /// </summary>
    private async Task<Visit> JudgeAsync(
        AgreementSession session,
        MovedMoney moved,
        IReadOnlyCollection<Finding> compared,
        bool isCompared,
        CancellationToken cancellationToken
    )
    {
        if (!Agree(session.Current, moved))
        {
            await session.ReloadAsync(cancellationToken);
            moved = await ledger.SumAsync(session.Current.Id, cancellationToken);
        }

        var stuck = session.Current.Stuck.Where(it => it.IsForAPerson && !it.IsOver(deciding.Now)).Select(Finding.Of);
        List<Finding> findings = [SumsOf(session.Current, moved), .. stuck, .. compared];
        var judged = await keepFindings.RunAsync(session, findings, isCompared, cancellationToken);
        return new(judged, isCompared);
    }

    private static bool Agree(Agreement agreement, MovedMoney moved) =>
        (agreement.CapturedMinorUnits, agreement.RefundedMinorUnits)
        == (moved.CapturedMinorUnits, moved.RefundedMinorUnits);

    private static Finding SumsOf(Agreement agreement, MovedMoney moved) =>
        Agree(agreement, moved)
            ? Finding.Matched(KeepFindings.Sums)
            : Finding.Unexplained(
                KeepFindings.Sums,
                $"captured {agreement.CapturedMinorUnits}, refunded {agreement.RefundedMinorUnits}; "
                    + $"the rows of moved money say {moved.CapturedMinorUnits} and {moved.RefundedMinorUnits}"
            );
}

/// <summary>Why a wake-up may be late although somebody holds it.</summary>
/// <param name="IsTimerUpToDate">False while wake-ups wait for the timer or messages for a look.</param>
/// <param name="IsGateOpen">False while charging is stopped or has just been started again.</param>
public sealed record RearmRules(bool IsTimerUpToDate, bool IsGateOpen);

/// <summary>What a visit found.</summary>
public sealed record Visit(IReadOnlyList<Finding> Findings, bool IsCompared)
{
    public bool HasFailed { get; init; }

    public int Purged { get; init; }

    public WalkCounts ToCounts() =>
        new()
        {
            Visited = 1,
            Compared = IsCompared ? 1 : 0,
            Failed = HasFailed ? 1 : 0,
            Matched = Count(Standing.Matched),
            Explained = Count(Standing.Explained),
            Unexplained = Count(Standing.Unexplained),
            PurgedEvents = Purged,
        };

    private int Count(Standing standing) => Findings.Count(it => it.Standing == standing);
}
