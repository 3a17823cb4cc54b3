using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Billing;

/// <summary>What an event of PPRO is about.</summary>
public enum EventSubject
{
    /// <summary>Of a type that we do not know.</summary>
    Unknown,
    Agreement,
    Charge,
    Refund,

    /// <summary>Where the money of a capture or a refund is.</summary>
    Funds,
    Chargeback,
    Instrument,
    Report,
}

/// <summary>
/// All that we know of one of PPRO's event types: one row for each, and what a type means is said nowhere else.
/// </summary>
/// <param name="Name">The type as PPRO spells it.</param>
/// <param name="Kind">The same for our code.</param>
/// <param name="About">What it is about.</param>
/// <param name="Tells">The status that it tells of its agreement; null for none.</param>
/// <param name="CanTellOfMoney">It can tell of money that moved: such an event is never thrown away.</param>
/// <param name="Calls">For what a person is called, whatever it is about; null for those that call nobody.</param>
/// <param name="SaysNotCaptured">A charge was not captured: it is read, to know whether it may be tried again.</param>
public sealed record PproEventType(
    string Name,
    PproEventKind Kind,
    EventSubject About,
    AgreementStatus? Tells = null,
    bool CanTellOfMoney = false,
    string? Calls = null,
    bool SaysNotCaptured = false
)
{
    public bool CallsForAPerson => Calls is not null;

    /// <summary>It changes nothing; and as nobody knows what it tells, it is kept as if it told of money.</summary>
    public static PproEventType Unknown { get; } =
        new(string.Empty, PproEventKind.Unknown, EventSubject.Unknown, CanTellOfMoney: true);

    public static ImmutableArray<PproEventType> All { get; } =
    [
        new(
            "PAYMENT_AGREEMENT_CREATED",
            PproEventKind.AgreementCreated,
            EventSubject.Agreement,
            Tells: AgreementStatus.Initializing
        ),
        new(
            "PAYMENT_AGREEMENT_AUTHENTICATION_PENDING",
            PproEventKind.AgreementAuthenticationPending,
            EventSubject.Agreement,
            Tells: AgreementStatus.AuthenticationPending
        ),
        new(
            "PAYMENT_AGREEMENT_ACTIVE",
            PproEventKind.AgreementActive,
            EventSubject.Agreement,
            Tells: AgreementStatus.Active
        ),
        new("PAYMENT_AGREEMENT_UPDATED", PproEventKind.AgreementUpdated, EventSubject.Agreement),
        new(
            "PAYMENT_AGREEMENT_FAILED",
            PproEventKind.AgreementFailed,
            EventSubject.Agreement,
            Tells: AgreementStatus.Failed
        ),
        new(
            "PAYMENT_AGREEMENT_REVOKED_BY_CONSUMER",
            PproEventKind.AgreementRevokedByConsumer,
            EventSubject.Agreement,
            Tells: AgreementStatus.RevokedByConsumer
        ),
        new(
            "PAYMENT_AGREEMENT_REVOKED_BY_MERCHANT",
            PproEventKind.AgreementRevokedByMerchant,
            EventSubject.Agreement,
            Tells: AgreementStatus.RevokedByMerchant
        ),
        new(
            "PAYMENT_AGREEMENT_REVOKED_BY_PROVIDER",
            PproEventKind.AgreementRevokedByProvider,
            EventSubject.Agreement,
            Tells: AgreementStatus.RevokedByProvider
        ),
        new("PAYMENT_CHARGE_CREATED", PproEventKind.ChargeCreated, EventSubject.Charge),
        new("PAYMENT_CHARGE_AUTHENTICATION_PENDING", PproEventKind.ChargeAuthenticationPending, EventSubject.Charge),
        new(
            "PAYMENT_CHARGE_PROVIDER_CONFIRMATION_PENDING",
            PproEventKind.ChargeProviderConfirmationPending,
            EventSubject.Charge
        ),
        new("PAYMENT_CHARGE_AUTHORIZATION_SUCCEEDED", PproEventKind.ChargeAuthorizationSucceeded, EventSubject.Charge),
        new(
            "PAYMENT_CHARGE_AUTHORIZATION_FAILED",
            PproEventKind.ChargeAuthorizationFailed,
            EventSubject.Charge,
            SaysNotCaptured: true
        ),
        new(
            "PAYMENT_CHARGE_CAPTURE_SUCCEEDED",
            PproEventKind.ChargeCaptureSucceeded,
            EventSubject.Charge,
            CanTellOfMoney: true
        ),
        new("PAYMENT_CHARGE_CAPTURE_FAILED", PproEventKind.ChargeCaptureFailed, EventSubject.Charge),
        new(
            "PAYMENT_CHARGE_VOID_SUCCEEDED",
            PproEventKind.ChargeVoidSucceeded,
            EventSubject.Charge,
            SaysNotCaptured: true
        ),
        new("PAYMENT_CHARGE_VOID_FAILED", PproEventKind.ChargeVoidFailed, EventSubject.Charge),
        new("PAYMENT_CHARGE_DISCARDED", PproEventKind.ChargeDiscarded, EventSubject.Charge, SaysNotCaptured: true),
        new("PAYMENT_CHARGE_DISCARD_FAILED", PproEventKind.ChargeDiscardFailed, EventSubject.Charge),
        new("PAYMENT_CHARGE_REFUND_PENDING", PproEventKind.RefundPending, EventSubject.Refund),
        new(
            "PAYMENT_CHARGE_REFUND_SUCCEEDED",
            PproEventKind.RefundSucceeded,
            EventSubject.Refund,
            CanTellOfMoney: true
        ),
        new("PAYMENT_CHARGE_REFUND_FAILED", PproEventKind.RefundFailed, EventSubject.Refund, CanTellOfMoney: true),
        new("FUNDS_STATE_CHANGED", PproEventKind.FundsStateChanged, EventSubject.Funds),
        new("PAYMENT_INSTRUMENT_CREATED", PproEventKind.InstrumentCreated, EventSubject.Instrument),
        new("PAYMENT_INSTRUMENT_DETAILS_UPDATED", PproEventKind.InstrumentDetailsUpdated, EventSubject.Instrument),
        new("PAYMENT_INSTRUMENT_DELETED", PproEventKind.InstrumentDeleted, EventSubject.Instrument),
        new(
            "CHARGEBACK_SUCCEEDED",
            PproEventKind.ChargebackSucceeded,
            EventSubject.Chargeback,
            CanTellOfMoney: true,
            Calls: "chargeback"
        ),
        new("REPORT_PROCESSED", PproEventKind.ReportProcessed, EventSubject.Report),
        new("REPORT_FAILED", PproEventKind.ReportFailed, EventSubject.Report),
        new("REPORT_EXPIRED", PproEventKind.ReportExpired, EventSubject.Report),
    ];

    private static readonly FrozenDictionary<string, PproEventType> ByName = All.ToFrozenDictionary(
        it => it.Name,
        StringComparer.Ordinal
    );

    private static readonly FrozenDictionary<PproEventKind, PproEventType> ByKind = All.Append(Unknown)
        .ToFrozenDictionary(it => it.Kind);

    public static PproEventType Of(string name) => ByName.GetValueOrDefault(name, Unknown);

    public static PproEventType Of(PproEventKind kind) => ByKind[kind];
}
