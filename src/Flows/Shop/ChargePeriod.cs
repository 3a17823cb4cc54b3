using System.Text.Json;
using Billing;
using Flows.Looks;
using Flows.Replies;
using Flows.Sending;
using Storage;

namespace Flows.Shop;

/// <summary>
/// One more attempt for a period, because the shop asks: under all the rules of a scheduled one, and only when every
/// earlier attempt is certainly not captured.
/// </summary>
public sealed class ChargePeriod(
    AgreementStore store,
    ReadAgreement readAgreement,
    CallersCharges callersCharges,
    ChargeIntents intents,
    ChargeSender sender,
    SendOrder order,
    AgreementChanges changes
)
{
    public async Task<Reply> RunAsync(
        AgreementSession session,
        PeriodWish wish,
        CallersOperation operation,
        CancellationToken cancellationToken
    )
    {
        if (!await readAgreement.EnsureFreshAsync(session, cancellationToken))
        {
            return Problems.Hindered(session.Current, ChargeHindrance.NotConfirmed);
        }

        var earlier = await store.ListAttemptsAsync(session.Current.Id, wish.Start, cancellationToken);
        if ((wish.Amount ?? (earlier is [.., var last] ? last.Amount : null)) is not { } amount)
        {
            return Problems.Hindered(session.Current, PeriodHindrance.NoSuchPeriod);
        }

        return await ChargeAsync(session, wish with { Amount = amount }, operation, cancellationToken);
    }

    private async Task<Reply> ChargeAsync(
        AgreementSession session,
        PeriodWish wish,
        CallersOperation operation,
        CancellationToken cancellationToken
    )
    {
        PeriodHindrance? hindrance = null;
        var ordered = await order.RunAsync(
            Toll.Of(wish.Amount),
            () =>
                changes.ChangeAsync(
                    session,
                    it => store.ListAttemptsAsync(it.Id, wish.Start, cancellationToken),
                    Claim,
                    cancellationToken
                ),
            (claim, start) => sender.SendAsync(session, claim, start),
            cancellationToken
        );
        return ordered switch
        {
            { WhyClosed: { } why } => Problems.ChargingStopped(session.Current, why),
            { Claim: { } claim } => await callersCharges.AnswerAsync(session, claim.Key, CancellationToken.None),
            { Committed.Outcome: CommitOutcome.AlreadyThere } => (
                await callersCharges.RepeatAsync(session, operation, cancellationToken)
            )!,
            _ => Problems.Hindered(session.Current, hindrance ?? PeriodHindrance.Open),
        };

        Change Claim(Agreement agreement, IReadOnlyList<Attempt> earlier, DateTimeOffset now)
        {
            var period = agreement.FindPeriod(wish.Start, earlier);
            hindrance = agreement.WhyNoAttempt(period, earlier, now);
            if (hindrance is not null)
            {
                return Change.None(agreement);
            }

            var due = agreement.NextAttempt(period!, earlier, wish.Amount!);
            var intent = wish.Body is { } body
                ? intents.ForPeriod(agreement, due, body)
                : intents.ForPeriod(agreement, due);
            var claimed = agreement.ClaimPeriod(due, intent, now);
            return claimed.Claim is null ? claimed : claimed.With(operation.Made(intent.Key, now));
        }
    }
}

/// <summary>Which period, by its Seoul start day; its price when it is not that of the attempt before.</summary>
public sealed record PeriodWish(DateOnly Start, Money? Amount, JsonElement? Body);
