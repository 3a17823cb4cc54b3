using System.Text.Json;
using Billing;
using Storage;

namespace Flows;

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
    ChargingGate gate,
    Deciding deciding,
    SendClock sendClock
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
            return Problems.NotConfirmed(session.Current);
        }

        var earlier = await store.ListAttemptsAsync(session.Current.Id, wish.Start, cancellationToken);
        if ((wish.Amount ?? (earlier is [.., var last] ? last.Amount : null)) is not { } amount)
        {
            return Problems.PeriodHindered(session.Current, PeriodHindrance.NoSuchPeriod);
        }

        var pass = await gate.EnterAsync(amount.MinorUnits, cancellationToken);
        return pass.WhyClosed is { } why
            ? Problems.ChargingStopped(session.Current, why)
            : await ChargeAsync(session, wish with { Amount = amount }, pass, operation, cancellationToken);
    }

    private async Task<Reply> ChargeAsync(
        AgreementSession session,
        PeriodWish wish,
        GatePass pass,
        CallersOperation operation,
        CancellationToken cancellationToken
    )
    {
        PeriodHindrance? hindrance = null;
        var start = sendClock.Start();
        var committed = await deciding.ChangeAsync(
            session,
            it => store.ListAttemptsAsync(it.Id, wish.Start, cancellationToken),
            Claim,
            cancellationToken
        );
        if (committed.Claim is { } claim)
        {
            await sender.SendAsync(session, claim, start);
            return await callersCharges.AnswerAsync(session, claim.Key, CancellationToken.None);
        }

        gate.GiveBack(pass);
        return committed.Outcome is CommitOutcome.AlreadyThere
            ? (await callersCharges.RepeatAsync(session, operation, cancellationToken))!
            : Problems.PeriodHindered(session.Current, hindrance ?? PeriodHindrance.Open);

        Change Claim(Agreement agreement, IReadOnlyList<Attempt> earlier, DateTimeOffset now)
        {
            var period = agreement.FindPeriod(wish.Start, earlier);
            hindrance = agreement.WhyNoAttempt(period, earlier, now);
            if (hindrance is not null)
            {
                return Change.None(agreement);
            }

            var due = PeriodsByHand.NextAttempt(period!, earlier, wish.Amount!);
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
