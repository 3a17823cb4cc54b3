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
    /// <param name="now">When it is applied.</param>
    public Change Apply(PproEvent happened, Attempt? attempt, DateTimeOffset now)
    {
        var confirmed = this with { Provider = Provider with { ConfirmedAt = Latest(Provider.ConfirmedAt, now) } };
        return attempt is null
            ? confirmed.ApplyToAgreement(happened, now)
            : confirmed.ApplyToCharge(happened, attempt, now);
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
        var moved = heard.MoveTo(StatusOf(happened.Kind), now);
        return moved.Agreement.Status == Status ? moved : moved.Then(it => it.NoteInHistory(happened, now));
    }

    /// <summary>Until a read brings PPRO's own history, the event itself is the entry.</summary>
    private Change NoteInHistory(PproEvent happened, DateTimeOffset now)
    {
        var word = happened.Type.Replace("PAYMENT_AGREEMENT_", string.Empty, StringComparison.Ordinal);
        var entry = new HistoryEntry(happened.Id, word, happened.Time ?? now, happened.Failure);
        var provider = Provider with
        {
            History = Provider.History.Add(entry),
            UpdatedAt = Latest(Provider.UpdatedAt, happened.Time),
        };
        return Change.To(this with { Provider = provider });
    }

    private Change ApplyToCharge(PproEvent happened, Attempt attempt, DateTimeOffset now)
    {
        var known = attempt with { ProviderId = attempt.ProviderId ?? happened.ChargeProviderId };
        switch (happened.Kind)
        {
            case PproEventKind.ChargeCaptureSucceeded when attempt.State is not AttemptState.Captured:
                return Capture(known, happened.AmountMinorUnits ?? 0, happened.CaptureId, happened.Time ?? now, now);
            case PproEventKind.ChargeAuthorizationFailed
            or PproEventKind.ChargeDiscarded
            or PproEventKind.ChargeVoidSucceeded when attempt.IsOpen:
                return Move(known with { State = AttemptState.Pending, RecheckAt = now }, now, happened.Type);
            case >= PproEventKind.RefundPending and <= PproEventKind.RefundFailed:
                return ApplyToRefund(happened, attempt, now);
            case PproEventKind.FundsStateChanged:
                return HearFunds(happened, attempt, now);
            case >= PproEventKind.ChargeCreated and <= PproEventKind.ChargeDiscardFailed when attempt.IsOpen:
                return Move(known with { State = AttemptState.Pending }, now, happened.Type);
            default:
                return Change.To(this);
        }
    }

    /// <summary>
    /// The open refund of this charge that an event speaks of; null when it is none of ours, or decided.
    /// </summary>
    public Refund? FindOpenRefund(PproEvent happened, Attempt charge) =>
        OpenRefunds.FirstOrDefault(it =>
            it.ChargeKey == charge.Key
            && (it.ProviderId is { } id ? id == happened.RefundProviderId : it.Reference == happened.RefundReference)
        );

    /// <summary>A failure known only by its event is confirmed by a read, like a decline.</summary>
    private Change ApplyToRefund(PproEvent happened, Attempt charge, DateTimeOffset now)
    {
        if (
            FindOpenRefund(happened, charge) is not { } refund
            || happened.RefundProviderId is not { } id
            || (refund.State is RefundState.Deferred && happened.Kind is not PproEventKind.RefundSucceeded)
        )
        {
            return Change.To(this);
        }

        if (happened.Kind is PproEventKind.RefundFailed)
        {
            var heard = refund with { ProviderId = id, State = RefundState.Pending, RecheckAt = now };
            return MoveRefund(heard, charge, now, happened.Type);
        }

        var status = happened.Kind is PproEventKind.RefundSucceeded ? RefundStatus.Refunded : RefundStatus.Pending;
        return HearRefund(
            refund.Id,
            charge,
            new(id, status, refund.Amount.MinorUnits, refund.Reference, happened.Failure, happened.Time),
            now
        );
    }

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
