namespace Billing;

public sealed partial record Agreement
{
    /// <summary>The key of the attempt that an event speaks of, when it is still open; null otherwise.</summary>
    public Attempt? FindOpen(PproEvent happened) =>
        Open.FirstOrDefault(it => it.ProviderId is { } id && id == happened.ChargeProviderId)
        ?? Open.FirstOrDefault(it => it.ProviderId is null && it.Reference == happened.ChargeReference);

    /// <summary>
    /// What a verified event changes. Events repeat and overtake one another: a late one changes nothing. A decline is
    /// only believed after a read, because events carry no <c>isRetryable</c>.
    /// </summary>
    /// <param name="happened">The event, which is about this agreement.</param>
    /// <param name="attempt">The attempt it speaks of, open or from its row; null for none.</param>
    /// <param name="refund">The refund of it that the event speaks of, likewise.</param>
    /// <param name="now">When it is applied.</param>
    public Change Apply(PproEvent happened, Attempt? attempt, Refund? refund, DateTimeOffset now)
    {
        var confirmed = this with { Provider = Provider with { ConfirmedAt = Latest(Provider.ConfirmedAt, now) } };
        return attempt is null
            ? confirmed.ApplyToAgreement(happened, now)
            : confirmed.ApplyToCharge(happened, attempt, refund, now);
    }

    private Change ApplyToAgreement(PproEvent happened, DateTimeOffset now)
    {
        var heard = this with
        {
            Provider = Provider with
            {
                Id = Provider.Id ?? happened.AgreementProviderId,
                RequestUrl = Provider.RequestUrl ?? happened.RequestUrl,
                RequestMethod = Provider.RequestMethod ?? happened.RequestMethod,
                Failure = Provider.Failure ?? happened.Failure,
                RecheckAt = happened.Kind is PproEventKind.AgreementUpdated ? now : Provider.RecheckAt,
            },
        };
        if (happened.Kind is PproEventKind.ChargebackSucceeded)
        {
            return heard.CallForAPerson(
                AgreementStop.OfAgreement,
                $"chargeback of {happened.ChargeProviderId}, a charge that we did not make",
                now
            );
        }

        return StatusOf(happened.Kind) is { } status
            ? heard.MoveTo(status, now).Then(it => it.NoteInHistory(happened, status, now))
            : Change.To(heard);
    }

    /// <summary>
    /// Until a read brings PPRO's own history, the event itself is the entry: each status once, by PPRO's clock.
    /// </summary>
    private Change NoteInHistory(PproEvent happened, AgreementStatus status, DateTimeOffset now)
    {
        var word =
            status is AgreementStatus.Initializing
                ? "INITIALIZING"
                : happened.Type.Replace("PAYMENT_AGREEMENT_", string.Empty, StringComparison.Ordinal);
        var entry = new HistoryEntry(happened.Id, word, happened.Time ?? now, happened.Failure);
        var provider = Provider with
        {
            History = Provider.History.Any(it => it.Status == word)
                ? Provider.History
                : [.. Provider.History.Append(entry).OrderBy(it => it.CreatedAt).ThenBy(it => PlaceInLife(it.Status))],
            UpdatedAt = Latest(Provider.UpdatedAt, happened.Time),
        };
        return Change.To(this with { Provider = provider });
    }

    /// <summary>Statuses of one millisecond follow each other as they do in every life.</summary>
    private static int PlaceInLife(string status) =>
        status switch
        {
            "INITIALIZING" => 0,
            "AUTHENTICATION_PENDING" => 1,
            "AUTHORIZATION_PROCESSING" => 2,
            "ACTIVE" => 3,
            _ => 4,
        };

    private Change ApplyToCharge(PproEvent happened, Attempt attempt, Refund? refund, DateTimeOffset now)
    {
        if (attempt.ProviderId is { } id && happened.ChargeProviderId is { } other && id != other)
        {
            return ApplyToAnotherCharge(happened, attempt, Both(id, other), now);
        }

        var known = attempt with { ProviderId = attempt.ProviderId ?? happened.ChargeProviderId };
        switch (happened.Kind)
        {
            case PproEventKind.ChargebackSucceeded:
                return CallForAPerson(attempt.Key, "chargeback", now);
            case PproEventKind.ChargeCaptureSucceeded when attempt.State is not AttemptState.Captured:
                return Capture(known, CapturedMoney.Of(happened, now), now);
            case PproEventKind.ChargeAuthorizationFailed
            or PproEventKind.ChargeDiscarded
            or PproEventKind.ChargeVoidSucceeded when attempt.IsOpen:
                return Move(
                    known with
                    {
                        State = AttemptState.Pending,
                        Failure = Failure.Merge(happened.Failure, attempt.Failure),
                        RecheckAt = now,
                    },
                    now,
                    happened.Type
                );
            case >= PproEventKind.RefundPending and <= PproEventKind.RefundFailed:
                return ApplyToRefund(happened, known, refund, now);
            case PproEventKind.FundsStateChanged:
                return HearFunds(happened, attempt, refund, now);
            case >= PproEventKind.ChargeCreated and <= PproEventKind.ChargeDiscardFailed when attempt.IsOpen:
                return Move(known with { State = AttemptState.Pending }, now, happened.Type);
            default:
                return Change.To(this);
        }
    }

    /// <summary>
    /// PPRO has a second charge under this attempt's reference, of whichever agreement. When money moved there, a
    /// person has to look at it; and until someone has, its period is not tried again by itself.
    /// </summary>
    private Change ApplyToAnotherCharge(PproEvent happened, Attempt attempt, string both, DateTimeOffset now) =>
        happened.Kind switch
        {
            PproEventKind.ChargeCaptureSucceeded => GivingUp(attempt)
                .CallForAPerson(attempt.Key, $"it is {both} at PPRO", now),
            PproEventKind.ChargebackSucceeded => CallForAPerson(
                attempt.Key,
                $"it is {both} at PPRO, with a chargeback",
                now
            ),
            PproEventKind.RefundSucceeded => CallForAPerson(attempt.Key, $"it is {both} at PPRO, with a refund", now),
            _ => Change.To(this),
        };

    /// <summary>The next attempt of this one's period is called off.</summary>
    private Agreement GivingUp(Attempt attempt) =>
        Plan.Dunning is { } dunning && dunning.Period.Start == attempt.Period?.Start
            ? this with
            {
                Plan = Plan with { Dunning = null, IsPastDue = true },
            }
            : this;

    private static AgreementStatus? StatusOf(PproEventKind kind) =>
        kind switch
        {
            PproEventKind.AgreementCreated => AgreementStatus.Initializing,
            PproEventKind.AgreementAuthenticationPending => AgreementStatus.AuthenticationPending,
            PproEventKind.AgreementActive => AgreementStatus.Active,
            PproEventKind.AgreementFailed => AgreementStatus.Failed,
            PproEventKind.AgreementRevokedByConsumer => AgreementStatus.RevokedByConsumer,
            PproEventKind.AgreementRevokedByMerchant => AgreementStatus.RevokedByMerchant,
            PproEventKind.AgreementRevokedByProvider => AgreementStatus.RevokedByProvider,
            _ => null,
        };
}
