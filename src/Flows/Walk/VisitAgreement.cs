using Billing;
using Microsoft.Extensions.Logging;
using Storage;

namespace Flows.Walk;

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
    AgreementChanges changes,
    WalkRules rules,
    ILogger<VisitAgreement> logger
)
{
    /// <summary>Its rows themselves are what a person has to look at.</summary>
    private const string Rows = "rows";

    /// <param name="entry">As the directory lists it.</param>
    /// <param name="mayRearm">What is known of wake-ups that are late for a good reason.</param>
    /// <param name="cancellationToken">The host's.</param>
    public async Task<WalkCounts> RunAsync(
        DirectoryEntry entry,
        RearmRules mayRearm,
        CancellationToken cancellationToken
    )
    {
        var now = changes.Now;
        if (await store.OpenAsync(entry.Id, cancellationToken) is not { } session || !entry.IsOf(session.Current))
        {
            var isOrphan = now - entry.CreatedAt >= WalkRules.OrphanAfter;
            return new()
            {
                Visited = 1,
                Orphans = isOrphan && await directory.DeleteAsync(entry, cancellationToken) ? 1 : 0,
            };
        }

        var compared = (entry.ComparedAt, entry.ComparedVersion);
        if (entry.PurgedThrough is null && WalkRules.IsAtRest(session.Current, compared, now))
        {
            return new() { Visited = 1 };
        }

        var isRearmed = await RearmAsync(session.Current, mayRearm, cancellationToken);
        var moved = await ledger.SumAsync(entry.Id, cancellationToken);
        var movedAt = Agreement.Latest(moved.LastAt, session.Current.FundsNewsAt);
        var visit = WalkRules.IsCompareDue(entry.ComparedAt, movedAt, now)
            ? await CompareAsync(session, moved, cancellationToken)
            : await JudgeAsync(session, moved, [], isCompared: false, cancellationToken);
        var purged = await PurgeAsync(entry, session, visit.IsCompared ? now : null, cancellationToken);
        return visit.ToCounts() with { Rearmed = isRearmed ? 1 : 0, PurgedEvents = purged };
    }

    /// <summary>
    /// Old events go when an agreement has been compared, a bounded way at a time; where that was not the end, the next
    /// day's visit goes on, whether or not it compares.
    /// </summary>
    private async Task<int> PurgeAsync(
        DirectoryEntry entry,
        AgreementSession session,
        DateTimeOffset? comparedAt,
        CancellationToken cancellationToken
    )
    {
        if (comparedAt is null && entry.PurgedThrough is null)
        {
            return 0;
        }

        var purge = await ledger.PurgeEventsAsync(
            entry.Id,
            entry.PurgedThrough,
            changes.Now - rules.EventsKept,
            type => !PproEventType.Of(type).CanTellOfMoney,
            cancellationToken
        );
        var note = new WalkNote(purge.Through)
        {
            ComparedAt = comparedAt,
            ComparedVersion = comparedAt is null ? null : session.Current.Version,
        };
        await directory.MarkAsync(entry, note, cancellationToken);
        return purge.Count;
    }

    /// <summary>Sums and PPRO's list, now.</summary>
    public async Task<Visit> CompareAsync(
        AgreementSession session,
        MovedMoney moved,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var isNamed = session.Current.Provider.Id is not null;
            var findings = isNamed ? await compareWithPpro.RunAsync(session, cancellationToken) : [];
            return findings is { } compared
                ? await JudgeAsync(session, moved, compared, isCompared: true, cancellationToken)
                : await JudgeAsync(session, moved, [], isCompared: false, cancellationToken) with
                {
                    HasFailed = true,
                };
        }
        catch (TooManyRowsException e)
        {
            var finding = Finding.Unexplained(Rows, e.Message);
            return await JudgeAsync(session, moved, [finding], isCompared: false, cancellationToken);
        }
    }

    /// <summary>
    /// Whoever is late gets a wake-up, for one too many does no harm; counted is only what nobody can have held.
    /// </summary>
    private async Task<bool> RearmAsync(Agreement agreement, RearmRules may, CancellationToken cancellationToken)
    {
        if (!may.IsTimerUpToDate || !WalkRules.IsLate(agreement.NextLookAt, changes.Now))
        {
            return false;
        }

        await wakeUps.PassBatonAsync(agreement.Id, changes.Now, cancellationToken);
        if (!WalkRules.HasLostBaton(agreement, changes.Rules, changes.Now, may.IsGateOpen))
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
        if (moved.WhyPartial is null && !Agree(session.Current, moved))
        {
            await session.ReloadAsync(cancellationToken);
            moved = await ledger.SumAsync(session.Current.Id, cancellationToken);
        }

        var stuck = session.Current.Stuck.Where(it => it.IsForAPerson && !it.IsOver(changes.Now)).Select(Finding.Of);
        List<Finding> findings = [SumsOf(session.Current, moved), .. stuck, .. compared];
        var judged = await keepFindings.RunAsync(session, findings, isCompared, cancellationToken);
        return new(judged, isCompared);
    }

    private static bool Agree(Agreement agreement, MovedMoney moved) =>
        (agreement.CapturedMinorUnits, agreement.RefundedMinorUnits)
        == (moved.CapturedMinorUnits, moved.RefundedMinorUnits);

    private static Finding SumsOf(Agreement agreement, MovedMoney moved) =>
        moved.WhyPartial is { } why ? Finding.Unexplained(KeepFindings.Sums, why)
        : Agree(agreement, moved) ? Finding.Matched(KeepFindings.Sums)
        : Finding.Unexplained(
            KeepFindings.Sums,
            $"captured {agreement.CapturedMinorUnits}, refunded {agreement.RefundedMinorUnits}; "
                + $"the rows of moved money say {moved.CapturedMinorUnits} and {moved.RefundedMinorUnits}"
        );
}
