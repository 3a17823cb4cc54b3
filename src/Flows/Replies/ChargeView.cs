using Billing;

namespace Flows.Replies;

/// <summary>A charge as the storefront sees it.</summary>
public sealed record ChargeView
{
    public required string Id { get; init; }

    /// <summary>PPRO's word; absent until PPRO has said one.</summary>
    public string? Status { get; init; }

    /// <summary>
    /// What we know: WAITING, UNSENT, IN_DOUBT, PENDING, CAPTURED, DECLINED, NOT_EXECUTED or NEVER_HAPPENED.
    /// </summary>
    public required string State { get; init; }

    public required MoneyView Amount { get; init; }

    public required string MerchantPaymentChargeReference { get; init; }

    /// <summary>PPRO's id of the charge.</summary>
    public string? PaymentChargeId { get; init; }

    /// <summary>The Seoul day on which the period starts that it pays for; absent for a single charge.</summary>
    public DateOnly? Period { get; init; }

    public int? Attempt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? CapturedAt { get; init; }

    public required long CapturedAmount { get; init; }

    /// <summary>What its refunds took or hold.</summary>
    public long? RefundedAmount { get; init; }

    /// <summary>What may still be refunded, and until when; absent when nothing was captured.</summary>
    public long? RefundableAmount { get; init; }

    public DateTimeOffset? RefundableUntil { get; init; }

    /// <summary>Where the money of its capture and refunds is, as PPRO says; absent until PPRO has said.</summary>
    public IReadOnlyList<FundsView>? Funds { get; init; }

    public FailureView? Failure { get; init; }

    public required IReadOnlyList<ChargeHistoryView> History { get; init; }

    public static ChargeView Of(Attempt attempt) =>
        new()
        {
            Id = attempt.Key,
            Status = attempt.StatusWord,
            State = Words.Of(attempt.State),
            Amount = MoneyView.Of(attempt.Amount)!,
            MerchantPaymentChargeReference = attempt.Reference,
            PaymentChargeId = attempt.ProviderId,
            Period = attempt.Period?.Start,
            Attempt = attempt.Period is null ? null : attempt.Number,
            CreatedAt = attempt.CreatedAt,
            CapturedAt = attempt.CapturedAt,
            CapturedAmount = attempt.CapturedMinorUnits,
            RefundedAmount = attempt.RefundedMinorUnits > 0 ? attempt.RefundedMinorUnits : null,
            RefundableAmount = attempt.State is AttemptState.Captured ? attempt.RefundableMinorUnits : null,
            RefundableUntil = attempt.RefundableUntil(MethodRules.KakaoPay),
            Funds = attempt.Funds.IsDefaultOrEmpty
                ? null
                : [.. attempt.Funds.Select(it => new FundsView(it.OperationId, it.State, it.At))],
            Failure = FailureView.Of(attempt.Failure),
            History = [.. attempt.History.Select(entry => new ChargeHistoryView(entry.At, entry.What))],
        };
}

/// <summary>One capture or refund, and PPRO's latest word on its money.</summary>
public sealed record FundsView(string OperationId, string FundsState, DateTimeOffset At);

public sealed record ChargeHistoryView(DateTimeOffset At, string What);

/// <summary>A page of charges; the token of the next one is absent on the last.</summary>
public sealed record ChargeListView(IReadOnlyList<ChargeView> Charges, string? NextPageToken);
