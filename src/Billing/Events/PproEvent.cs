namespace Billing;

/// <summary>
/// One webhook of PPRO, in our words. Fields that this type of event does not carry are null. An event
/// whose type we do not know has <see cref="PproEventKind.Unknown"/> and changes nothing.
/// </summary>
public sealed record PproEvent
{
    /// <summary>PPRO's event id: unique, and what duplicates are known by.</summary>
    public required string Id { get; init; }

    /// <summary>The type as PPRO spells it.</summary>
    public required string Type { get; init; }

    public required PproEventKind Kind { get; init; }

    /// <summary>What we know of its type.</summary>
    public PproEventType What => PproEventType.Of(Kind);

    public DateTimeOffset? Time { get; init; }

    public string? AgreementProviderId { get; init; }

    /// <summary>Our agreement id, when we made the agreement.</summary>
    public string? AgreementReference { get; init; }

    public string? ChargeProviderId { get; init; }

    public string? ChargeReference { get; init; }

    public string? RequestUrl { get; init; }

    public string? RequestMethod { get; init; }

    public long? AmountMinorUnits { get; init; }

    /// <summary>As PPRO spells it.</summary>
    public string? AmountCurrency { get; init; }

    public string? CaptureId { get; init; }

    public string? RefundProviderId { get; init; }

    public string? RefundReference { get; init; }

    /// <summary>The capture or refund that a funds event speaks of, and PPRO's word about its funds.</summary>
    public string? FundsOperationId { get; init; }

    public string? FundsState { get; init; }

    /// <summary>PPRO's id of the refund that it speaks of, or of whose money; null when it is about none.</summary>
    public string? RefundOfWhich =>
        RefundProviderId
        ?? (FundsState?.StartsWith("REFUND_", StringComparison.Ordinal) is true ? FundsOperationId : null);

    public Failure? Failure { get; init; }

    /// <summary>
    /// PPRO's word for something, where we thought that we knew them all: its type, or a status. It changes nothing,
    /// and is counted.
    /// </summary>
    public string? UnknownWord { get; init; }
}

/// <summary>PPRO's event types by what they mean to us (docs/ppro.md, Webhooks: types).</summary>
public enum PproEventKind
{
    Unknown,
    AgreementCreated,
    AgreementAuthenticationPending,
    AgreementActive,
    AgreementUpdated,
    AgreementFailed,
    AgreementRevokedByConsumer,
    AgreementRevokedByMerchant,
    AgreementRevokedByProvider,
    ChargeCreated,
    ChargeAuthenticationPending,
    ChargeProviderConfirmationPending,
    ChargeAuthorizationSucceeded,
    ChargeAuthorizationFailed,
    ChargeCaptureSucceeded,
    ChargeCaptureFailed,
    ChargeVoidSucceeded,
    ChargeVoidFailed,
    ChargeDiscarded,
    ChargeDiscardFailed,
    RefundPending,
    RefundSucceeded,
    RefundFailed,
    FundsStateChanged,
    InstrumentCreated,
    InstrumentDetailsUpdated,
    InstrumentDeleted,
    ChargebackSucceeded,
    ReportProcessed,
    ReportFailed,
    ReportExpired,
}
