using Billing;
using Flows.Looks;
using Flows.Replies;
using Flows.Requests;
using Flows.Walk;
using Storage;

namespace Flows.Operations;

/// <summary>An operator lets the walk visit one agreement now.</summary>
public sealed class RecheckAgreement(
    AgreementStore store,
    AgreementLedger ledger,
    ReadAgreement readAgreement,
    VisitAgreement visitAgreement,
    WakeUps wakeUps,
    OperatorActions operatorActions,
    AgreementChanges changes
)
{
    /// <summary>
    /// PPRO is asked about the agreement and all its charges; what is due is looked at in two minutes.
    /// </summary>
    public async Task<Reply> RunAsync(
        WhoAsks who,
        string agreementId,
        ReadOnlyMemory<byte>? bytes,
        CancellationToken cancellationToken
    )
    {
        var (wish, problem) = OperatorsWish.Read(who, bytes);
        if (wish is null)
        {
            return problem!;
        }

        if (await store.OpenAsync(agreementId, cancellationToken) is not { } session)
        {
            return Problems.NotFound();
        }

        var (id, before) = (session.Current.Id, Describe(session.Current));
        await readAgreement.RunAsync(session, cancellationToken);
        var moved = await ledger.SumAsync(id, cancellationToken);
        var visit = await visitAgreement.CompareAsync(session, moved, cancellationToken);
        if (session.Current.NextLookAt is not null)
        {
            await wakeUps.AddAsync(id, changes.Now, cancellationToken);
        }

        var after = $"{Describe(session.Current)}, {visit.ToCounts().Unexplained} unexplained";
        var action = new OperatorAction(changes.Now, "recheck", wish.Actor, wish.Reason, before, after)
        {
            Subject = id.Value,
        };
        await operatorActions.AddAsync(OperatorActions.Agreements, action, cancellationToken);
        return Reply.Json(
            200,
            RecheckView.Of(id, visit.IsCompared, visit.Findings),
            StorefrontJson.Readable.RecheckView
        );
    }

    private static string Describe(Agreement agreement) =>
        $"{agreement.Status?.ToString() ?? "unheard of"}, captured {agreement.CapturedMinorUnits}, "
        + $"refunded {agreement.RefundedMinorUnits}, {agreement.Open.Length + agreement.OpenRefunds.Length} open";
}
