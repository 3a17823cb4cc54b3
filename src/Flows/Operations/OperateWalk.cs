using Billing;
using Storage;

namespace Flows;

/// <summary>An operator sees how far the walk is, and lets it visit one agreement now.</summary>
public sealed class OperateWalk(
    WalkStateStore states,
    AgreementStore store,
    AgreementLedger ledger,
    ReadAgreement readAgreement,
    VisitAgreement visitAgreement,
    WakeUps wakeUps,
    OperatorActions operatorActions,
    Deciding deciding
)
{
    public async Task<Reply> ShowAsync(CancellationToken cancellationToken)
    {
        var (state, _) = await states.LoadAsync(cancellationToken);
        return Reply.Json(200, WalkView.Of(state), StorefrontJson.Readable.WalkView);
    }

    /// <summary>
    /// PPRO is asked about the agreement and all its charges; what is due is looked at in two minutes.
    /// </summary>
    public async Task<Reply> RecheckAsync(
        string agreementId,
        ReadOnlyMemory<byte>? bytes,
        CancellationToken cancellationToken
    )
    {
        var (wish, problem) = OperatorsWish.Read(bytes);
        if (wish is null)
        {
            return problem!;
        }

        if (
            !AgreementId.TryParse(agreementId, out var id)
            || await store.OpenAsync(id, cancellationToken) is not { } session
        )
        {
            return Problems.NotFound();
        }

        var before = Describe(session.Current);
        await readAgreement.RunAsync(session, cancellationToken);
        var moved = await ledger.SumAsync(id, cancellationToken);
        var visit = await visitAgreement.CompareAsync(session, moved, cancellationToken);
        if (session.Current.NextLookAt is not null)
        {
            await wakeUps.HintAsync(id, deciding.Now, cancellationToken);
        }

        var after = $"{Describe(session.Current)}, {visit.ToCounts().Unexplained} unexplained";
        var action = new OperatorAction(deciding.Now, "recheck", wish.Actor, wish.Reason, before, after)
        {
            Subject = id.Value,
        };
        await operatorActions.AddAsync(OperatorActions.Agreements, action, cancellationToken);
        return Reply.Json(200, RecheckView.Of(id, visit), StorefrontJson.Readable.RecheckView);
    }

    private static string Describe(Agreement agreement) =>
        $"{agreement.Status?.ToString() ?? "unheard of"}, captured {agreement.CapturedMinorUnits}, "
        + $"refunded {agreement.RefundedMinorUnits}, {agreement.Open.Length + agreement.OpenRefunds.Length} open";
}
