using System.Text;
using System.Text.Json;
using Billing;
using Ppro;

namespace Unit.Tests.PproTests;

/// <summary>Requests, byte for byte: the same input gives the same bytes.</summary>
public sealed class WritingBodies
{
    private static readonly Uri Webhooks = new("https://shop.test/api/webhooks/ppro");

    [Fact]
    public void The_storefronts_agreement_becomes_PPROs_without_our_fields_and_with_our_names()
    {
        var request = Parse(
            """
            { "paymentMethod": "KAKAOPAY", "reference": "mine", "maxCharges": 3, "catchUp": 2, "consumer": { "name": "김카카오", "country": "KR" },
              "initialPaymentCharge": { "autoCapture": true, "amount": { "value": 101, "currency": "KRW" } } }
            """
        );

        var body = AgreementBody.From(request, "ours", Webhooks, "ours-20260131-1");

        Assert.Equal(
            """{"paymentMethod":"KAKAOPAY","consumer":{"name":"김카카오","country":"KR"},"initialPaymentCharge":{"autoCapture":true,"amount":{"value":101,"currency":"KRW"},"merchantPaymentChargeReference":"ours-20260131-1","webhooksUrl":"https://shop.test/api/webhooks/ppro"},"merchantPaymentAgreementReference":"ours","webhooksUrl":"https://shop.test/api/webhooks/ppro"}""",
            Encoding.UTF8.GetString(body.Span)
        );
    }

    [Fact]
    public void A_reference_of_the_shops_stays()
    {
        var request = Parse(
            """{"amount":{"value":102,"currency":"KRW"},"merchantPaymentChargeReference":"XYZ0123456789"}"""
        );

        Assert.Equal(
            """{"amount":{"value":102,"currency":"KRW"},"merchantPaymentChargeReference":"XYZ0123456789","webhooksUrl":"https://shop.test/api/webhooks/ppro"}""",
            Encoding.UTF8.GetString(ChargeBody.From(request, "unused", Webhooks).Span)
        );
    }

    [Fact]
    public void A_scheduled_charge_is_minimal_or_says_its_context()
    {
        var (amount, name) = (new Money(9_900, "KRW"), "ours-20260131-2");

        var minimal = ChargeBody.Scheduled(amount, null, name, Webhooks, null);
        var full = ChargeBody.Scheduled(amount, "Illustrator", name, Webhooks, new("ours-20260131", IsRetry: true));

        Assert.Equal(
            """{"amount":{"value":9900,"currency":"KRW"},"merchantPaymentChargeReference":"ours-20260131-2","webhooksUrl":"https://shop.test/api/webhooks/ppro"}""",
            Encoding.UTF8.GetString(minimal.Span)
        );
        Assert.Equal(
            """{"paymentDescriptor":"Illustrator","amount":{"value":9900,"currency":"KRW"},"merchantPaymentChargeReference":"ours-20260131-2","webhooksUrl":"https://shop.test/api/webhooks/ppro","initiator":"MERCHANT","scheduleType":"SCHEDULED_RETRY","order":{"orderReferenceNumber":"ours-20260131"}}""",
            Encoding.UTF8.GetString(full.Span)
        );
    }

    [Fact]
    public void A_refund_keeps_the_shops_words_and_gets_our_reference()
    {
        var request = Parse("""{ "amount": 50, "refundReason": "CUSTOMER_REQUEST", "refundDescriptor": "환불" }""");

        Assert.Equal(
            """{"amount":50,"refundReason":"CUSTOMER_REQUEST","refundDescriptor":"환불","merchantRefundReference":"RF-1"}""",
            Encoding.UTF8.GetString(RefundBody.From(request, "RF-1").Span)
        );
    }

    [Fact]
    public void What_is_not_ours_passes_through_in_its_order_and_spelling()
    {
        const string given =
            """{"webhooksUrl":"https://else.test/","frequency":{"type":"MONTHLY","interval":1},"startDate":"2025-03-05T00:00:00+00:00","endDate":null,"labels":{"n":"1.50","<&>":"'+"},"x":1.50}""";

        var body = Encoding.UTF8.GetString(AgreementBody.From(Parse(given), "ours", Webhooks, "unused").Span);

        Assert.Equal(
            given.Replace("https://else.test/", Webhooks.OriginalString, StringComparison.Ordinal)[..^1]
                + ""","merchantPaymentAgreementReference":"ours"}""",
            body
        );
    }

    [Fact]
    public void An_idempotency_key_is_a_version_4_UUID_that_never_changes()
    {
        // printf '3:abc8:202601311:1' | sha256sum, with the version and variant bits set.
        Assert.Equal("bfefd963-3829-4fec-95cc-cc686d6908d4", IdempotencyKey.From("abc", "20260131", "1"));
        Assert.NotEqual(IdempotencyKey.From("a", "bc"), IdempotencyKey.From("ab", "c"));
    }

    private static JsonElement Parse(string json) => JsonDocument.Parse(json).RootElement;
}
