using System.Text;
using Billing;
using Ppro;

namespace Unit.Tests.PproTests;

/// <summary>One whole event of each of PPRO's thirty types, with all the fields that it may have.</summary>
public sealed class ReadingWholeEvents
{
    private const string Amount = "\"amount\":{\"value\":102,\"currency\":\"KRW\"}";
    private const string Failed =
        "\"failure\":{\"failureType\":\"PROVIDER_DECLINE\",\"failureCode\":\"GENERIC_DECLINE\",\"failureMessage\":\"no\"}";

    private const string Redirect =
        "\"authenticationMethods\":[{\"type\":\"SCAN_CODE\",\"details\":{\"codeType\":\"QR\"}},"
        + "{\"details\":{\"requestUrl\":\"https://approve.test/\",\"requestMethod\":\"GET\"},\"type\":\"REDIRECT\"}]";

    [Theory]
    [InlineData("CREATED", "\"startDate\":\"2025-03-05T12:16:53.651Z\"," + Amount)]
    [InlineData("AUTHENTICATION_PENDING", Redirect)]
    [InlineData("ACTIVE", null)]
    [InlineData("UPDATED", null)]
    [InlineData("FAILED", Failed)]
    [InlineData("REVOKED_BY_CONSUMER", null)]
    [InlineData("REVOKED_BY_MERCHANT", null)]
    [InlineData("REVOKED_BY_PROVIDER", null)]
    public void An_agreements_event_names_the_agreement(string type, string? fields)
    {
        var happened = Read(
            $"PAYMENT_AGREEMENT_{type}",
            "agr_1",
            "\"paymentAgreementId\":\"agr_1\",\"paymentAgreementStatus\":\"ACTIVE\",\"paymentMethod\":\"KAKAOPAY\","
                + "\"merchantPaymentAgreementReference\":\"ours\",\"merchantId\":\"merch_1\"",
            fields
        );

        Assert.Equal(
            ("agr_1", "ours", null),
            (happened.AgreementProviderId, happened.AgreementReference, happened.ChargeProviderId)
        );
        AssertFields(happened, fields);
    }

    [Theory]
    [InlineData("CREATED", "\"initiator\":\"MERCHANT\",\"paymentDescriptor\":\"Illustrator\"," + Amount)]
    [InlineData("AUTHENTICATION_PENDING", "\"authorizationId\":\"authz_1\"," + Amount + "," + Redirect)]
    [InlineData("PROVIDER_CONFIRMATION_PENDING", "\"authorizationId\":\"authz_1\"," + Amount)]
    [InlineData("AUTHORIZATION_SUCCEEDED", "\"authorizationId\":\"authz_1\",\"isMultiStep\":false," + Amount)]
    [InlineData("AUTHORIZATION_FAILED", "\"authorizationId\":\"authz_1\"," + Amount + "," + Failed)]
    [InlineData("CAPTURE_SUCCEEDED", "\"captureId\":\"capture_1\"," + Amount)]
    [InlineData("CAPTURE_FAILED", "\"captureId\":\"capture_1\"," + Amount + "," + Failed)]
    [InlineData("VOID_SUCCEEDED", "\"voidId\":\"void_1\",\"merchantVoidReference\":\"VO-1\"," + Amount)]
    [InlineData("VOID_FAILED", "\"voidId\":\"void_1\"," + Amount + "," + Failed)]
    [InlineData("DISCARDED", "\"discardType\":\"AUTHENTICATION_TIMEOUT\"," + Amount)]
    [InlineData("DISCARD_FAILED", "\"discardType\":\"MERCHANT_INITIATED_DISCARD\"," + Amount)]
    [InlineData("REFUND_PENDING", "\"refundId\":\"refund_1\",\"merchantRefundReference\":\"RF-1\"," + Amount)]
    [InlineData("REFUND_SUCCEEDED", "\"refundId\":\"refund_1\",\"merchantRefundReference\":\"RF-1\"," + Amount)]
    [InlineData(
        "REFUND_FAILED",
        "\"refundId\":\"refund_1\",\"merchantRefundReference\":\"RF-1\"," + Amount + "," + Failed
    )]
    public void A_charges_event_names_the_charge(string type, string fields)
    {
        var happened = Read($"PAYMENT_CHARGE_{type}", "charge_1", Charge, fields);

        Assert.Equal(
            ("charge_1", "XYZ", null),
            (happened.ChargeProviderId, happened.ChargeReference, happened.AgreementProviderId)
        );
        AssertFields(happened, fields);
    }

    [Theory]
    [InlineData("fundsState")]
    [InlineData("fundsStatus")]
    public void A_funds_event_names_the_operation(string field)
    {
        var fields =
            "\"paymentOperationId\":\"capture_1\",\"paymentOperationType\":\"CAPTURE\","
            + $"\"{field}\":\"CAPTURE_FUNDS_RECEIVED\",{Amount}";

        var happened = Read("FUNDS_STATE_CHANGED", "charge_1", Charge, fields);

        Assert.Equal(
            ("charge_1", "capture_1", "CAPTURE_FUNDS_RECEIVED"),
            (happened.ChargeProviderId, happened.FundsOperationId, happened.FundsState)
        );
        AssertFields(happened, fields);
    }

    [Theory]
    [InlineData("PAYMENT_INSTRUMENT_CREATED", "instr_1", "\"details\":{\"id\":\"instr_1\",\"type\":\"MOCK\"}")]
    [InlineData("PAYMENT_INSTRUMENT_DETAILS_UPDATED", "instr_1", "\"updateTimestamp\":\"2025-03-06T01:00:00.000Z\"")]
    [InlineData("PAYMENT_INSTRUMENT_DELETED", "instr_1", "\"deleteTimestamp\":\"2025-06-01T08:00:05.000Z\"")]
    [InlineData("REPORT_PROCESSED", "report_1", "\"reportId\":\"report_1\",\"contentLength\":1024")]
    [InlineData("REPORT_FAILED", "report_1", "\"reportId\":\"report_1\",\"status\":\"FAILED\"")]
    [InlineData("REPORT_EXPIRED", "report_1", "\"reportId\":\"report_1\",\"status\":\"EXPIRED\"")]
    public void An_event_about_neither_names_neither(string type, string subject, string fields)
    {
        var happened = Read(type, subject, "\"merchantId\":\"merch_1\"", fields);

        Assert.Equal((null, null), (happened.AgreementProviderId, happened.ChargeProviderId));
    }

    [Fact]
    public void A_chargeback_names_the_charge() =>
        Assert.Equal(
            "charge_1",
            Read("CHARGEBACK_SUCCEEDED", "charge_1", "\"paymentChargeId\":\"charge_1\"", Amount).ChargeProviderId
        );

    private const string Charge =
        "\"paymentChargeId\":\"charge_1\",\"paymentChargeStatus\":\"CAPTURED\",\"paymentMethod\":\"KAKAOPAY\","
        + "\"merchantId\":\"merch_1\",\"merchantPaymentChargeReference\":\"XYZ\",\"orderReferenceNumber\":\"order\"";

    private static void AssertFields(PproEvent happened, string? fields)
    {
        bool Has(string field) => fields?.Contains($"\"{field}\"", StringComparison.Ordinal) is true;

        Assert.Equal(Has("amount") ? 102 : null, happened.AmountMinorUnits);
        Assert.Equal(Has("failure") ? "GENERIC_DECLINE" : null, happened.Failure?.Code);
        Assert.Equal(Has("authenticationMethods") ? "https://approve.test/" : null, happened.RequestUrl);
        Assert.Equal(Has("captureId") ? "capture_1" : null, happened.CaptureId);
        Assert.Equal(Has("refundId") ? ("refund_1", "RF-1") : (null, null), RefundOf(happened));
    }

    private static (string?, string?) RefundOf(PproEvent happened) =>
        (happened.RefundProviderId, happened.RefundReference);

    /// <summary>PPRO says 1.0.2 where CloudEvents says 1.0, and repeats the type in the data.</summary>
    private static PproEvent Read(string type, string subject, string common, string? fields)
    {
        var data = fields is null ? common : $"{common},{fields}";
        var body =
            "{\"specversion\":\"1.0.2\",\"source\":\"https://www.ppro.com\",\"datacontenttype\":\"application/json\","
            + $"\"id\":\"Ev0000000000000000001\",\"type\":\"{type}\",\"subject\":\"{subject}\","
            + $"\"time\":\"2025-04-05T00:00:01.490Z\",\"data\":{{\"type\":\"{type}\",{data}}}}}";

        Assert.True(PproEventReader.TryRead(Encoding.UTF8.GetBytes(body), out var happened));
        Assert.NotEqual(PproEventKind.Unknown, happened.Kind);
        Assert.Equal(new DateTimeOffset(2025, 4, 5, 0, 0, 1, 490, TimeSpan.Zero), happened.Time);
        return happened;
    }
}
