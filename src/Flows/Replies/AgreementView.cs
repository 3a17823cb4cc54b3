using Storage;

namespace Flows.Replies;

/// <summary>
/// An agreement as the storefront sees it: PPRO's fields in PPRO's order (docs/ppro.md, The founding page), under our
/// id, then ours.
/// </summary>
public sealed record AgreementView
{
    public required string Id { get; init; }

    /// <summary>PPRO's word; INITIALIZING until PPRO has said one.</summary>
    public required string Status { get; init; }

    public required string PaymentMethod { get; init; }

    public DateTimeOffset? StartDate { get; init; }

    public MoneyView? Amount { get; init; }

    public string? InstrumentId { get; init; }

    public required ConsumerView Consumer { get; init; }

    public IReadOnlyList<AuthenticationMethodView>? AuthenticationMethods { get; init; }

    public required IReadOnlyList<HistoryView> History { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public FailureView? Failure { get; init; }

    public IReadOnlyList<HistoryView>? Revocations { get; init; }

    public string? InitialPaymentChargeId { get; init; }

    public string? Description { get; init; }

    public string? AmountType { get; init; }

    public FrequencyView? Frequency { get; init; }

    /// <summary>No period begins at this moment or later, and nothing is charged.</summary>
    public DateTimeOffset? EndDate { get; init; }

    /// <summary>So many periods are captured at most.</summary>
    public int? MaxCharges { get; init; }

    /// <summary>The shop's own id.</summary>
    public string? Reference { get; init; }

    /// <summary>PPRO's id of the agreement.</summary>
    public string? PaymentAgreementId { get; init; }

    public required string BillingState { get; init; }

    /// <summary>The Seoul day on which the last paid period ends; absent where there are no periods.</summary>
    public DateOnly? PaidThrough { get; init; }

    public NextChargeView? NextCharge { get; init; }

    /// <summary>Since when the schedule is paused.</summary>
    public DateTimeOffset? PausedAt { get; init; }

    /// <summary>The Seoul day on which it is cancelled.</summary>
    public DateOnly? CancelOn { get; init; }

    /// <summary>Why, in the words of whoever scheduled the cancel.</summary>
    public string? CancelReason { get; init; }

    /// <summary>What a period costs from the next one on, when that is not the agreement's amount.</summary>
    public MoneyView? Price { get; init; }

    /// <summary>
    /// Who or what ended it: STOREFRONT, OPERATOR, REFUSED, APPROVAL_EXPIRED, NOT_PAID, PLAN_COMPLETED; or PPRO's
    /// status when the end came from there, like REVOKED_BY_CONSUMER.
    /// </summary>
    public string? EndedBy { get; init; }

    public EndingView? Ending { get; init; }

    /// <summary>Why charging is stopped until a person has looked at it; several reasons with semicolons.</summary>
    public string? Exception { get; init; }

    public required long CapturedAmount { get; init; }

    public required long RefundedAmount { get; init; }

    public IReadOnlyList<ChargeView>? Charges { get; init; }

    public IReadOnlyList<SkippedView>? SkippedPeriods { get; init; }

    /// <summary>True when older charges or skipped periods are left out; all charges are listed by pages.</summary>
    public bool? HasMore { get; init; }
}

/// <summary>A page of agreements; the token of the next one is absent on the last.</summary>
public sealed record AgreementListView(IReadOnlyList<AgreementView> Agreements, string? NextPageToken);

public sealed record ConsumerView(string Name, string Country);

public sealed record AuthenticationMethodView(AuthenticationDetailsView Details, string Type);

public sealed record AuthenticationDetailsView(string RequestUrl, string RequestMethod);

public sealed record HistoryView(string Id, string Status, DateTimeOffset CreatedAt, FailureView? Failure = null);

public sealed record FrequencyView(string Type, int Interval);

/// <summary>The next charge that leaves by itself, as things stand.</summary>
public sealed record NextChargeView(DateTimeOffset At, DateOnly Period, int Attempt, MoneyView Amount);

/// <summary>Our wish that the agreement ends, until PPRO has confirmed it and after.</summary>
public sealed record EndingView(DateTimeOffset At, string By, string? Reason);

public sealed record SkippedView(DateOnly From, DateOnly Through, int Count, string Reason)
{
    public static SkippedView Of(SkippedPeriods skipped) =>
        new(skipped.From, skipped.Through, skipped.Count, skipped.Reason);
}
