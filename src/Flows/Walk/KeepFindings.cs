using Billing;
using Microsoft.Extensions.Logging;
using Storage;

namespace Flows;

/// <summary>
/// What is unexplained is kept as an exception with its age and reason until it is no longer so, or an operator has
/// accepted it as it stands.
/// </summary>
public sealed class KeepFindings(ExceptionList exceptions, Deciding deciding, ILogger<KeepFindings> logger)
{
    /// <summary>Who closes what is no longer so.</summary>
    public const string Walk = "walk";

    private static readonly string[] AlwaysJudged = [Sums, ExceptionEntry.OfAgreement];

    public const string Sums = "sums";

    /// <summary>The findings, with what an operator has accepted as explained.</summary>
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
        var unexplained = judged.Where(it => it.Standing is Standing.Unexplained).ToList();
        foreach (var finding in unexplained)
        {
            await RaiseAsync(session, finding, open, cancellationToken);
        }

        foreach (var gone in open.Where(it => unexplained.All(finding => finding.Subject != it.Subject)))
        {
            if (isCompared || AlwaysJudged.Contains(gone.Subject))
            {
                await CloseAsync(gone, cancellationToken);
            }
        }

        return judged;
    }

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

    /// <summary>A new one stops the charging first, if it is to: dying in between raises it again.</summary>
    private async Task RaiseAsync(
        AgreementSession session,
        Finding finding,
        IReadOnlyList<ExceptionEntry> open,
        CancellationToken cancellationToken
    )
    {
        var now = deciding.Now;
        var known = open.FirstOrDefault(it => it.Subject == finding.Subject);
        if (known is null && finding.StopsCharging)
        {
            await deciding.ChangeAsync(session, (it, _) => it.CallForAPerson(finding.Reason), cancellationToken);
        }

        if (known is null)
        {
            logger.ExceptionRaised(session.Current.Id, $"{finding.Subject}: {finding.Reason}");
        }

        var entry = new ExceptionEntry(
            session.Current.Id,
            finding.Subject,
            finding.Reason,
            known?.RaisedAt ?? now,
            now
        );
        await exceptions.RaiseAsync(entry, cancellationToken);
    }

    private Task<bool> CloseAsync(ExceptionEntry gone, CancellationToken cancellationToken) =>
        exceptions.CloseAsync(
            gone with
            {
                ClosedAt = deciding.Now,
                ClosedBy = Walk,
                ClosedBecause = "no longer so",
            },
            cancellationToken
        );
}
