using System.Collections.Frozen;
using Billing;

namespace Ppro;

/// <summary>PPRO's thirty event types (PPRO §6.3).</summary>
internal static class PproEventKinds
{
    private static readonly FrozenDictionary<string, PproEventKind> ByType = new Dictionary<string, PproEventKind>
    {
        ["PAYMENT_AGREEMENT_CREATED"] = PproEventKind.AgreementCreated,
        ["PAYMENT_AGREEMENT_AUTHENTICATION_PENDING"] = PproEventKind.AgreementAuthenticationPending,
        ["PAYMENT_AGREEMENT_ACTIVE"] = PproEventKind.AgreementActive,
        ["PAYMENT_AGREEMENT_UPDATED"] = PproEventKind.AgreementUpdated,
        ["PAYMENT_AGREEMENT_FAILED"] = PproEventKind.AgreementFailed,
        ["PAYMENT_AGREEMENT_REVOKED_BY_CONSUMER"] = PproEventKind.AgreementRevokedByConsumer,
        ["PAYMENT_AGREEMENT_REVOKED_BY_MERCHANT"] = PproEventKind.AgreementRevokedByMerchant,
        ["PAYMENT_AGREEMENT_REVOKED_BY_PROVIDER"] = PproEventKind.AgreementRevokedByProvider,
        ["PAYMENT_CHARGE_CREATED"] = PproEventKind.ChargeCreated,
        ["PAYMENT_CHARGE_AUTHENTICATION_PENDING"] = PproEventKind.ChargeAuthenticationPending,
        ["PAYMENT_CHARGE_PROVIDER_CONFIRMATION_PENDING"] = PproEventKind.ChargeProviderConfirmationPending,
        ["PAYMENT_CHARGE_AUTHORIZATION_SUCCEEDED"] = PproEventKind.ChargeAuthorizationSucceeded,
        ["PAYMENT_CHARGE_AUTHORIZATION_FAILED"] = PproEventKind.ChargeAuthorizationFailed,
        ["PAYMENT_CHARGE_CAPTURE_SUCCEEDED"] = PproEventKind.ChargeCaptureSucceeded,
        ["PAYMENT_CHARGE_CAPTURE_FAILED"] = PproEventKind.ChargeCaptureFailed,
        ["PAYMENT_CHARGE_VOID_SUCCEEDED"] = PproEventKind.ChargeVoidSucceeded,
        ["PAYMENT_CHARGE_VOID_FAILED"] = PproEventKind.ChargeVoidFailed,
        ["PAYMENT_CHARGE_DISCARDED"] = PproEventKind.ChargeDiscarded,
        ["PAYMENT_CHARGE_DISCARD_FAILED"] = PproEventKind.ChargeDiscardFailed,
        ["PAYMENT_CHARGE_REFUND_PENDING"] = PproEventKind.RefundPending,
        ["PAYMENT_CHARGE_REFUND_SUCCEEDED"] = PproEventKind.RefundSucceeded,
        ["PAYMENT_CHARGE_REFUND_FAILED"] = PproEventKind.RefundFailed,
        ["FUNDS_STATE_CHANGED"] = PproEventKind.FundsStateChanged,
        ["PAYMENT_INSTRUMENT_CREATED"] = PproEventKind.InstrumentCreated,
        ["PAYMENT_INSTRUMENT_DETAILS_UPDATED"] = PproEventKind.InstrumentDetailsUpdated,
        ["PAYMENT_INSTRUMENT_DELETED"] = PproEventKind.InstrumentDeleted,
        ["CHARGEBACK_SUCCEEDED"] = PproEventKind.ChargebackSucceeded,
        ["REPORT_PROCESSED"] = PproEventKind.ReportProcessed,
        ["REPORT_FAILED"] = PproEventKind.ReportFailed,
        ["REPORT_EXPIRED"] = PproEventKind.ReportExpired,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static PproEventKind Of(string type) => ByType.GetValueOrDefault(type, PproEventKind.Unknown);
}
