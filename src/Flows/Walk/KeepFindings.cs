using Billing;
using Microsoft.Extensions.Logging;
using Storage;

namespace Flows.Walk;

/// <summary>
/// What is unexplained, and what stops an agreement's charging, is kept as an exception with its age and reason until
/// it is no longer so, or an operator has accepted it as it stands. What still stops the charging is never closed here.
/// </summary>
public sealed class KeepFindings(ExceptionList exceptions, AgreementChanges changes, ILogger<KeepFindings> logger)
{
    /// <summary>Who closes what is no longer so.</summary>
    public const string Walk = "walk";

    public const string Sums = "sums";

    /// <summary>
    /// The findings, with what an operator has accepted as explained, and with what stops the charging.
    /// </summary>
    /// <param name="session">Whose they are.</param>
    /// <param name="findings">What was found now.</param>
    /// <param name="isCompared">False when PPRO's list was not read: then what it would show stays as it is.</param>
    /// <param name="cancellationToken">The host's.</param>
    public async Task<IReadOnlyList<Finding>> RunAsync(
        AgreementSession session,
        IReadOnlyList<Finding> findings,
        bool isCompared,
        CancellationToken cancellationToken
    )
    {
        var agreement = session.Current.Id;
        var open = await exceptions.ListOpenAsync(agreement, cancellationToken);
        var judged = findings.Any(it => it.Standing is Standing.Unexplained)
            ? await AcceptAsync(agreement, findings, cancellationToken)
            : findings;
        await StopChargingAsync(session, judged, cancellationToken);

        var stops = session.Current.Stops.Select(it => ExceptionEntry.Of(agreement, it, changes.Now));
        var entries = judged.Where(IsToBeKept).Select(it => EntryOf(agreement, it, open)).Concat(stops).ToList();
        foreach (var entry in entries)
        {
            await RaiseAsync(entry, open, cancellationToken);
        }

        foreach (var gone in open.Where(it => entries.TrueForAll(entry => entry.Key != it.Key)))
        {
            if (isCompared || IsJudgedAlways(gone))
            {
                await CloseAsync(gone, cancellationToken);
            }
        }

        return [.. judged.Where(it => !IsStop(it)), .. session.Current.Stops.Select(Finding.Of)];
    }

    private static bool IsJudgedAlways(ExceptionEntry entry) =>
        entry.StopsCharging
        || entry.Subject is Sums
        || entry.Subject.StartsWith(Finding.OfSteps, StringComparison.Ordinal);

    private async Task<IReadOnlyList<Finding>> AcceptAsync(
        AgreementId agreement,
        IReadOnlyList<Finding> findings,
        CancellationToken cancellationToken
    )
    {
        var closed = await exceptions.ListClosedAsync(agreement, cancellationToken);
        return [.. findings.Select(it => closed.Any(entry => IsAccepted(entry, it)) ? Accepted(it) : it)];
    }

    private static bool IsAccepted(ExceptionEntry entry, Finding finding) =>
        entry.ClosedBy is not Walk && entry.Subject == finding.Subject && entry.Reason == finding.Reason;

    private static Finding Accepted(Finding finding) =>
        Finding.Explained(finding.Subject, $"accepted by an operator: {finding.Reason}");

    /// <summary>What is to stop the charging does so first: dying in between is made good by the next visit.</summary>
    private async Task StopChargingAsync(
        AgreementSession session,
        IEnumerable<Finding> findings,
        CancellationToken cancellationToken
    )
    {
        foreach (var finding in findings.Where(IsStop))
        {
            await changes.ChangeAsync(
                session,
                (it, now) => it.CallForAPerson(finding.Subject, finding.Reason, now),
                cancellationToken
            );
        }
    }

    private static bool IsStop(Finding finding) => finding is { Standing: Standing.Unexplained, StopsCharging: true };

    private static bool IsToBeKept(Finding finding) =>
        finding is { Standing: Standing.Unexplained, StopsCharging: false };

    private ExceptionEntry EntryOf(AgreementId agreement, Finding finding, IEnumerable<ExceptionEntry> open)
    {
        var known = open.FirstOrDefault(it => it.Subject == finding.Subject && !it.StopsCharging);
        return new(agreement, finding.Subject, finding.Reason, known?.RaisedAt ?? changes.Now, changes.Now);
    }

    private async Task RaiseAsync(
        ExceptionEntry entry,
        IEnumerable<ExceptionEntry> open,
        CancellationToken cancellationToken
    )
    {
        if (open.All(it => it.Key != entry.Key))
        {
            logger.ExceptionRaised(entry.Agreement, entry.Subject, entry.Reason);
        }

        await exceptions.RaiseAsync(entry, cancellationToken);
    }

    private Task<bool> CloseAsync(ExceptionEntry gone, CancellationToken cancellationToken) =>
        exceptions.CloseAsync(
            gone with
            {
                ClosedAt = changes.Now,
                ClosedBy = Walk,
                ClosedBecause = "no longer so",
            },
            cancellationToken
        );
}
