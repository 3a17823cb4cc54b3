using System.Collections.Immutable;
using Billing;
using Storage;

namespace Flows.Walk;

/// <summary>
/// What PPRO's list of an agreement's charges says that we have not heard: charges decided, refunds decided or made in
/// PPRO's portal, funds that moved. So the same states are reached without any webhook.
/// </summary>
public sealed class LearnFromList(WalkReads reads, AgreementChanges changes)
{
    /// <summary>The money of older captures and refunds is no longer asked for.</summary>
    private static readonly TimeSpan FundsAskedFor = TimeSpan.FromDays(400);

    private const int MaxFundsReads = 20;

    /// <summary>True when something was news to the books at hand, whoever then wrote it down.</summary>
    public async Task<bool> RunAsync(
        AgreementSession session,
        IEnumerable<ChargePair> pairs,
        IReadOnlyCollection<Refund> refunds,
        CancellationToken cancellationToken
    )
    {
        var isNews = false;
        foreach (var (ours, theirs) in pairs)
        {
            if (ours is not null && theirs is not null)
            {
                isNews |= await HearChargeAsync(session, ours, theirs, cancellationToken);
                isNews |= await HearRefundsAsync(session, ours, theirs, refunds, cancellationToken);
            }
        }

        return isNews;
    }

    /// <summary>Asks where the money is of captures and refunds that still wait for it.</summary>
    public async Task<bool> AskFundsAsync(
        AgreementSession session,
        IEnumerable<Attempt> attempts,
        IReadOnlyCollection<Refund> refunds,
        CancellationToken cancellationToken
    )
    {
        var isNews = false;
        var now = changes.Now;
        var waiting = attempts
            .Where(it =>
                it.ProviderId is not null
                && FundsWatch.Awaits(it, refunds)
                && now - FundsWatch.MovedAt(it, refunds) < FundsAskedFor
            )
            .OrderByDescending(it => it.CapturedAt)
            .Take(MaxFundsReads);
        foreach (var charge in waiting)
        {
            var answer = await reads.ReadFundsAsync(charge.ProviderId!, cancellationToken);
            if (answer is Answer<FundsReading>.Said said)
            {
                isNews |= await HearAsync(
                    session,
                    charge.Key,
                    (it, current, at) =>
                        it.HearFunds(current, [.. refunds.Where(one => one.ChargeKey == charge.Key)], said.Reading, at),
                    cancellationToken
                );
            }
        }

        return isNews;
    }

    private async Task<bool> HearChargeAsync(
        AgreementSession session,
        Attempt ours,
        ChargeReading theirs,
        CancellationToken cancellationToken
    ) =>
        Reconciliation.IsNews(ours, theirs)
        && await HearAsync(
            session,
            ours.Key,
            (it, current, now) => it.Hear(current, theirs, changes.Rules, now),
            cancellationToken
        );

    private async Task<bool> HearRefundsAsync(
        AgreementSession session,
        Attempt ours,
        ChargeReading theirs,
        IEnumerable<Refund> refunds,
        CancellationToken cancellationToken
    )
    {
        var isNews = false;
        var ofCharge = refunds.Where(it => it.ChargeKey == ours.Key).ToImmutableArray();
        foreach (var refund in theirs.Refunds)
        {
            var known = Pairing.OursOf(refund, ofCharge);
            isNews |=
                Reconciliation.IsNews(known, refund)
                && await HearAsync(
                    session,
                    ours.Key,
                    (it, charge, now) => it.HearRefundAtPpro(charge, known, refund, now),
                    cancellationToken
                );
        }

        return isNews;
    }

    private async Task<bool> HearAsync(
        AgreementSession session,
        string key,
        Func<Agreement, Attempt, DateTimeOffset, Change> hear,
        CancellationToken cancellationToken
    )
    {
        await changes.ChangeAsync(session, key, hear, cancellationToken);
        return true;
    }
}
