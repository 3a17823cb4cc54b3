using System.Collections.Immutable;
using Billing;
using Flows.Sending;
using Microsoft.Extensions.Logging;
using Storage;

namespace Flows.Walk;

/// <summary>
/// All charges and refunds of an agreement at PPRO against our rows. What PPRO says and we had not heard is heard
/// first; what then still differs is a finding.
/// </summary>
public sealed class CompareWithPpro(
    AgreementLedger ledger,
    LearnFromList learnFromList,
    WalkReads reads,
    AgreementChanges changes,
    WalkRules rules,
    ILogger<CompareWithPpro> logger
)
{
    /// <summary>
    /// Null when PPRO did not say. What is unexplained at first sight is compared once more: a charge or an event may
    /// have come between the two readings.
    /// </summary>
    public async Task<ImmutableArray<Finding>?> RunAsync(AgreementSession session, CancellationToken cancellationToken)
    {
        var findings = await CompareAsync(session, cancellationToken);
        return findings?.Any(it => it.Standing is Standing.Unexplained) is true
            ? await CompareAsync(session, cancellationToken)
            : findings;
    }

    private async Task<ImmutableArray<Finding>?> CompareAsync(
        AgreementSession session,
        CancellationToken cancellationToken
    )
    {
        var agreement = session.Current;
        var answer = await reads.ListChargesAsync(agreement.Provider.Id!, cancellationToken);
        if (answer is not Answer<ImmutableArray<ChargeReading>>.Said said)
        {
            logger.ReadFailed(agreement.Id, Answers.DescribeOther(answer));
            return null;
        }

        var books = await OpenBooksAsync(agreement.Id, cancellationToken);
        var pairs = Pairing.Of(books.Attempts, said.Reading);
        if (await learnFromList.RunAsync(session, pairs, books.Refunds, cancellationToken))
        {
            books = await OpenBooksAsync(agreement.Id, cancellationToken);
        }

        if (await learnFromList.AskFundsAsync(session, books.Attempts, books.Refunds, cancellationToken))
        {
            books = await OpenBooksAsync(agreement.Id, cancellationToken);
        }

        var now = changes.Now;
        return
        [
            .. Reconciliation.Compare(Pairing.Of(books.Attempts, said.Reading), books.Refunds, now),
            .. books.Attempts.SelectMany(it => FundsWatch.Judge(it, rules.FundsWithin, now)),
        ];
    }

    private async Task<Books> OpenBooksAsync(AgreementId id, CancellationToken cancellationToken) =>
        new(
            await ledger.ListAttemptsAsync(id, cancellationToken),
            await ledger.ListRefundsAsync(id, cancellationToken)
        );

    private sealed record Books(IReadOnlyList<Attempt> Attempts, IReadOnlyList<Refund> Refunds);
}
