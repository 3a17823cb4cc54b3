using System.Text;
using Billing;
using Ppro;

namespace Unit.Tests.PproTests;

/// <summary>What a webhook says, in our words (docs/ppro.md, Webhooks: envelope).</summary>
public sealed class ReadingEvents
{
    [Theory]
    [InlineData("PAYMENT_AGREEMENT_CREATED", PproEventKind.AgreementCreated)]
    [InlineData("PAYMENT_AGREEMENT_AUTHENTICATION_PENDING", PproEventKind.AgreementAuthenticationPending)]
    [InlineData("PAYMENT_AGREEMENT_ACTIVE", PproEventKind.AgreementActive)]
    [InlineData("PAYMENT_AGREEMENT_UPDATED", PproEventKind.AgreementUpdated)]
    [InlineData("PAYMENT_AGREEMENT_FAILED", PproEventKind.AgreementFailed)]
    [InlineData("PAYMENT_AGREEMENT_REVOKED_BY_CONSUMER", PproEventKind.AgreementRevokedByConsumer)]
    [InlineData("PAYMENT_AGREEMENT_REVOKED_BY_MERCHANT", PproEventKind.AgreementRevokedByMerchant)]
    [InlineData("PAYMENT_AGREEMENT_REVOKED_BY_PROVIDER", PproEventKind.AgreementRevokedByProvider)]
    [InlineData("PAYMENT_CHARGE_CREATED", PproEventKind.ChargeCreated)]
    [InlineData("PAYMENT_CHARGE_AUTHENTICATION_PENDING", PproEventKind.ChargeAuthenticationPending)]
    [InlineData("PAYMENT_CHARGE_PROVIDER_CONFIRMATION_PENDING", PproEventKind.ChargeProviderConfirmationPending)]
    [InlineData("PAYMENT_CHARGE_AUTHORIZATION_SUCCEEDED", PproEventKind.ChargeAuthorizationSucceeded)]
    [InlineData("PAYMENT_CHARGE_AUTHORIZATION_FAILED", PproEventKind.ChargeAuthorizationFailed)]
    [InlineData("PAYMENT_CHARGE_CAPTURE_SUCCEEDED", PproEventKind.ChargeCaptureSucceeded)]
    [InlineData("PAYMENT_CHARGE_CAPTURE_FAILED", PproEventKind.ChargeCaptureFailed)]
    [InlineData("PAYMENT_CHARGE_VOID_SUCCEEDED", PproEventKind.ChargeVoidSucceeded)]
    [InlineData("PAYMENT_CHARGE_VOID_FAILED", PproEventKind.ChargeVoidFailed)]
    [InlineData("PAYMENT_CHARGE_DISCARDED", PproEventKind.ChargeDiscarded)]
    [InlineData("PAYMENT_CHARGE_DISCARD_FAILED", PproEventKind.ChargeDiscardFailed)]
    [InlineData("PAYMENT_CHARGE_REFUND_PENDING", PproEventKind.RefundPending)]
    [InlineData("PAYMENT_CHARGE_REFUND_SUCCEEDED", PproEventKind.RefundSucceeded)]
    [InlineData("PAYMENT_CHARGE_REFUND_FAILED", PproEventKind.RefundFailed)]
    [InlineData("FUNDS_STATE_CHANGED", PproEventKind.FundsStateChanged)]
    [InlineData("PAYMENT_INSTRUMENT_CREATED", PproEventKind.InstrumentCreated)]
    [InlineData("PAYMENT_INSTRUMENT_DETAILS_UPDATED", PproEventKind.InstrumentDetailsUpdated)]
    [InlineData("PAYMENT_INSTRUMENT_DELETED", PproEventKind.InstrumentDeleted)]
    [InlineData("CHARGEBACK_SUCCEEDED", PproEventKind.ChargebackSucceeded)]
    [InlineData("REPORT_PROCESSED", PproEventKind.ReportProcessed)]
    [InlineData("REPORT_FAILED", PproEventKind.ReportFailed)]
    [InlineData("REPORT_EXPIRED", PproEventKind.ReportExpired)]
    [InlineData("SOMETHING_NEW", PproEventKind.Unknown)]
    public void Every_type_has_its_kind(string type, PproEventKind kind) =>
        Assert.Equal(
            (type, kind),
            Read($$"""{"id":"Ev1","type":"{{type}}"}""") is { } it ? (it.Type, it.Kind) : default
        );

    [Fact]
    public void A_capture_says_what_was_captured()
    {
        var happened = Read(
            """
            {"specversion":"1.0.2","id":"Ev14","type":"PAYMENT_CHARGE_CAPTURE_SUCCEEDED","subject":"charge_1",
            "time":"2025-04-05T00:00:01.490Z","data":{"paymentChargeId":"charge_1","merchantPaymentChargeReference":"XYZ",
            "captureId":"capture_1","amount":{"value":102,"currency":"KRW"}}}
            """
        )!;

        Assert.Equal(
            ("charge_1", "XYZ", "capture_1", 102L),
            (happened.ChargeProviderId, happened.ChargeReference, happened.CaptureId, happened.AmountMinorUnits)
        );
    }

    [Fact]
    public void An_agreement_says_whose_it_is_and_where_to_approve()
    {
        var happened = Read(
            """
            {"id":"Ev2","type":"PAYMENT_AGREEMENT_AUTHENTICATION_PENDING","subject":"agr_1","data":{"merchantPaymentAgreementReference":"ours",
            "authenticationMethods":[{"details":{"requestUrl":"https://x.test/","requestMethod":"GET"},"type":"REDIRECT"}]}}
            """
        )!;

        Assert.Equal(
            ("agr_1", "ours", "https://x.test/"),
            (happened.AgreementProviderId, happened.AgreementReference, happened.RequestUrl)
        );
    }

    [Fact]
    public void A_failure_in_a_webhook_has_no_word_on_retrying()
    {
        var happened = Read(
            """
            {"id":"Ev3","type":"PAYMENT_CHARGE_AUTHORIZATION_FAILED","subject":"charge_1",
            "data":{"failure":{"failureType":"PROVIDER_DECLINE","failureCode":"INSUFFICIENT_FUNDS","failureMessage":"no"}}}
            """
        )!;

        Assert.Equal(new Failure("PROVIDER_DECLINE", "INSUFFICIENT_FUNDS", "no", null), happened.Failure);
    }

    [Fact]
    public void Nested_objects_are_read_where_flat_fields_are_missing()
    {
        var charge = Read(
            """
            {"id":"Ev4","type":"PAYMENT_CHARGE_AUTHORIZATION_FAILED","data":{"charge":
            {"id":"charge_1","merchantPaymentChargeReference":"XYZ","failure":{"failureCode":"SUS_FRAUD"}}}}
            """
        )!;
        var agreement = Read(
            """{"id":"Ev5","data":{"type":"X","agreement":{"id":"agr_1","merchantPaymentAgreementReference":"ours"}}}"""
        )!;

        Assert.Equal(
            ("charge_1", "XYZ", "SUS_FRAUD"),
            (charge.ChargeProviderId, charge.ChargeReference, charge.Failure?.Code)
        );
        Assert.Equal(
            ("X", "agr_1", "ours"),
            (agreement.Type, agreement.AgreementProviderId, agreement.AgreementReference)
        );
    }

    [Theory]
    [InlineData("""{"id":"Ev1","type":"X","id":"Ev2"}""")]
    [InlineData("""{"id":"Ev1","type":"X","data":{"paymentChargeId":"a","paymentCh\u0061rgeId":"b"}}""")]
    [InlineData("""{"id":"Ev1","type":"X","anything":[{"a":1,"a":1}]}""")]
    public void What_names_a_member_twice_is_no_event(string body) => Assert.Null(Read(body));

    [Fact]
    public void A_byte_order_mark_before_an_event_is_read_over() =>
        Assert.Equal("Ev1", Read("\ufeff" + """{"id":"Ev1","type":"X"}""")?.Id);

    [Theory]
    [InlineData(128, true)]
    [InlineData(129, false)]
    public void An_id_has_a_limit(int length, bool isRead) =>
        Assert.Equal(isRead, Read($$"""{"id":"{{new string('a', length)}}","type":"X"}""") is not null);

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"type":"X"}""")]
    [InlineData("""{"id":"","type":"X"}""")]
    [InlineData("""{"id":"a"}""")]
    [InlineData("""{"id":"\ud800","type":"X"}""")]
    public void What_is_no_event_is_not_read(string body) => Assert.Null(Read(body));

    [Fact]
    public void No_body_makes_it_throw()
    {
        var random = new Random(606);
        var template = Encoding.UTF8.GetBytes(
            """{"id":"Ev1","type":"PAYMENT_CHARGE_CAPTURE_SUCCEEDED","subject":"charge_1","time":"2025-04-05T00:00:01.490Z","data":{"amount":{"value":102,"currency":"KRW"},"failure":{"failureCode":"X"}}}"""
        );
        for (var round = 0; round < 5_000; round++)
        {
            var body = template.ToArray();
            for (var change = random.Next(1, 6); change > 0; change--)
            {
                body[random.Next(body.Length)] = (byte)random.Next(256);
            }

            _ = PproEventReader.TryRead(body.AsMemory(0, random.Next(body.Length + 1)), out _);
        }
    }

    private static PproEvent? Read(string body) =>
        PproEventReader.TryRead(Encoding.UTF8.GetBytes(body), out var happened) ? happened : null;
}
