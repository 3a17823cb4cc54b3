using Billing;

namespace Unit.Tests.BillingTests;

/// <summary>What each of PPRO's event types is to us, as PPRO spells them.</summary>
public sealed class EventTypesTests
{
    private const string Money = "money";
    private const string Person = "money person";

    [Theory]
    [InlineData("PAYMENT_AGREEMENT_CREATED", EventSubject.Agreement, AgreementStatus.Initializing, "")]
    [InlineData(
        "PAYMENT_AGREEMENT_AUTHENTICATION_PENDING",
        EventSubject.Agreement,
        AgreementStatus.AuthenticationPending,
        ""
    )]
    [InlineData("PAYMENT_AGREEMENT_ACTIVE", EventSubject.Agreement, AgreementStatus.Active, "")]
    [InlineData("PAYMENT_AGREEMENT_UPDATED", EventSubject.Agreement, null, "")]
    [InlineData("PAYMENT_AGREEMENT_FAILED", EventSubject.Agreement, AgreementStatus.Failed, "")]
    [InlineData("PAYMENT_AGREEMENT_REVOKED_BY_CONSUMER", EventSubject.Agreement, AgreementStatus.RevokedByConsumer, "")]
    [InlineData("PAYMENT_AGREEMENT_REVOKED_BY_MERCHANT", EventSubject.Agreement, AgreementStatus.RevokedByMerchant, "")]
    [InlineData("PAYMENT_AGREEMENT_REVOKED_BY_PROVIDER", EventSubject.Agreement, AgreementStatus.RevokedByProvider, "")]
    [InlineData("PAYMENT_CHARGE_CREATED", EventSubject.Charge, null, "")]
    [InlineData("PAYMENT_CHARGE_AUTHENTICATION_PENDING", EventSubject.Charge, null, "")]
    [InlineData("PAYMENT_CHARGE_PROVIDER_CONFIRMATION_PENDING", EventSubject.Charge, null, "")]
    [InlineData("PAYMENT_CHARGE_AUTHORIZATION_SUCCEEDED", EventSubject.Charge, null, "")]
    [InlineData("PAYMENT_CHARGE_AUTHORIZATION_FAILED", EventSubject.Charge, null, "")]
    [InlineData("PAYMENT_CHARGE_CAPTURE_SUCCEEDED", EventSubject.Charge, null, Money)]
    [InlineData("PAYMENT_CHARGE_CAPTURE_FAILED", EventSubject.Charge, null, "")]
    [InlineData("PAYMENT_CHARGE_VOID_SUCCEEDED", EventSubject.Charge, null, "")]
    [InlineData("PAYMENT_CHARGE_VOID_FAILED", EventSubject.Charge, null, "")]
    [InlineData("PAYMENT_CHARGE_DISCARDED", EventSubject.Charge, null, "")]
    [InlineData("PAYMENT_CHARGE_DISCARD_FAILED", EventSubject.Charge, null, "")]
    [InlineData("PAYMENT_CHARGE_REFUND_PENDING", EventSubject.Refund, null, "")]
    [InlineData("PAYMENT_CHARGE_REFUND_SUCCEEDED", EventSubject.Refund, null, Money)]
    [InlineData("PAYMENT_CHARGE_REFUND_FAILED", EventSubject.Refund, null, Money)]
    [InlineData("FUNDS_STATE_CHANGED", EventSubject.Funds, null, "")]
    [InlineData("PAYMENT_INSTRUMENT_CREATED", EventSubject.Instrument, null, "")]
    [InlineData("PAYMENT_INSTRUMENT_DETAILS_UPDATED", EventSubject.Instrument, null, "")]
    [InlineData("PAYMENT_INSTRUMENT_DELETED", EventSubject.Instrument, null, "")]
    [InlineData("CHARGEBACK_SUCCEEDED", EventSubject.Chargeback, null, Person)]
    [InlineData("REPORT_PROCESSED", EventSubject.Report, null, "")]
    [InlineData("REPORT_FAILED", EventSubject.Report, null, "")]
    [InlineData("REPORT_EXPIRED", EventSubject.Report, null, "")]
    [InlineData("SOMETHING_NEW", EventSubject.Unknown, null, Money)]
    public void Each_has_its_row(string name, EventSubject about, AgreementStatus? status, string what)
    {
        var row = PproEventType.Of(name);

        Assert.Equal(about is EventSubject.Unknown ? string.Empty : name, row.Name);
        Assert.Equal((about, status), (row.About, row.Tells));
        Assert.Equal((what.Length > 0, what is Person), (row.CanTellOfMoney, row.CallsForAPerson));
        Assert.Same(row, PproEventType.Of(row.Kind));
    }

    [Fact]
    public void There_are_thirty_and_each_kind_has_one() =>
        Assert.Equal(
            Enum.GetValues<PproEventKind>().Where(it => it is not PproEventKind.Unknown),
            PproEventType.All.Select(it => it.Kind)
        );
}
