namespace Billing;

/// <summary>What PPRO's events say of charges.</summary>
internal static class ChargeEvents
{
    internal static Change ApplyToCharge(
        this Agreement agreement,
        PproEvent happened,
        Attempt attempt,
        Refund? refund,
        DateTimeOffset now
    )
    {
        if (attempt.ProviderId is { } id && happened.ChargeProviderId is { } other && id != other)
        {
            return agreement.ApplyToAnotherCharge(happened, attempt, Texts.Both(id, other), now);
        }

        var known = attempt with { ProviderId = attempt.ProviderId ?? happened.ChargeProviderId };
        return happened.What.About switch
        {
            _ when happened.What.Calls is { } what => agreement.CallForAPerson(attempt.Key, what, now),
            EventSubject.Refund => agreement.ApplyToRefund(happened, known, refund, now),
            EventSubject.Funds => agreement.HearFunds(happened, attempt, refund, now),
            EventSubject.Charge => agreement.ApplyToCharge(happened, known, now),
            _ => Change.To(agreement),
        };
    }

    /// <summary>
    /// A capture is believed at once. What did not capture is read first, because events do not say whether it may be
    /// tried again.
    /// </summary>
    private static Change ApplyToCharge(
        this Agreement agreement,
        PproEvent happened,
        Attempt attempt,
        DateTimeOffset now
    ) =>
        happened.Kind switch
        {
            PproEventKind.ChargeCaptureSucceeded when attempt.State is not AttemptState.Captured => agreement.Capture(
                attempt,
                CapturedMoney.Of(happened, now),
                now
            ),
            PproEventKind.ChargeCaptureSucceeded => agreement.CompareCaptured(
                attempt,
                CapturedMoney.Of(happened, now),
                now
            ),
            _ when !attempt.IsOpen => Change.To(agreement),
            _ => agreement.Move(
                attempt with
                {
                    State = AttemptState.Pending,
                    Failure = Failure.Merge(happened.Failure, attempt.Failure),
                    RecheckAt = happened.What.SaysNotCaptured ? now : attempt.RecheckAt,
                },
                now,
                happened.Type
            ),
        };

    /// <summary>
    /// PPRO has a second charge under this attempt's reference. When money moved there a person has to look at it; and
    /// where it is the only one that was captured, that is what became of the attempt.
    /// </summary>
    private static Change ApplyToAnotherCharge(
        this Agreement agreement,
        PproEvent happened,
        Attempt attempt,
        string both,
        DateTimeOffset now
    ) =>
        happened.Kind switch
        {
            PproEventKind.ChargeCaptureSucceeded when attempt.State is not AttemptState.Captured => agreement
                .Capture(attempt with { ProviderId = happened.ChargeProviderId }, CapturedMoney.Of(happened, now), now)
                .Then(it => it.CallForAPerson(attempt.Key, $"it is {both} at PPRO", now)),
            PproEventKind.ChargeCaptureSucceeded => agreement.CallForAPerson(attempt.Key, $"it is {both} at PPRO", now),
            PproEventKind.ChargebackSucceeded => agreement.CallForAPerson(
                attempt.Key,
                $"it is {both} at PPRO, with a chargeback",
                now
            ),
            PproEventKind.RefundSucceeded => agreement.CallForAPerson(
                attempt.Key,
                $"it is {both} at PPRO, with a refund",
                now
            ),
            _ => Change.To(agreement),
        };
}
