using System.Text;
using Billing;
using Flows.Operations;
using Flows.Requests;
using Flows.Shop;
using JourneyKit;
using Storage;

namespace Unit.Tests.JourneyTests;

/// <summary>
/// No text from outside can make a row unwritable (the README's promise 39): a whole life of an agreement, in which
/// everything that PPRO says is long and strange, and every commit is written and read back.
/// </summary>
public sealed class HearingNastyTexts
{
    private const int EventBytes = 44 * 1024;

    public static TheoryData<string> Kinds => NastyTexts.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Whatever_PPRO_answers_every_commit_is_written_and_read_back(string kind)
    {
        NastyTexts? texts = null;
        using var world = new MemoryWorld(wire: inner => texts = new NastyTexts(kind, inner));
        var id = await world.ActiveAsync();

        world.Books.Decline(new("PROVIDER_DECLINE", "INSUFFICIENT_FUNDS", "no", true), null, 1);
        await world.Host.AdvanceAsync(TimeSpan.FromDays(1));
        texts!.Refuses = ("payment-charges", 400);
        await ChargeAsync(world, id, "refused");
        await ChargeAsync(world, id, "made");
        var made = (await AttemptsAsync(world, id)).Single(it => it.Reference is "made");
        world.Books.Decline(new("PROVIDER_DECLINE", "RETRY_REFUND_LATER", "later", true), null, 1, ofRefunds: true);
        await RefundAsync(world, id, made.Key, "deferred");
        await world.Host.AdvanceAsync(TimeSpan.FromHours(2));
        texts.Refuses = ("refunds", 422);
        await RefundAsync(world, id, made.Key, "refused");
        await RecheckAsync(world, id);
        world.Break("revoke", "500", 3);
        await world.Get<CancelAgreement>().RunAsync(id.Value, "{}"u8.ToArray(), null, default);
        await world.Host.AdvanceAsync(TimeSpan.FromDays(1));

        var agreement = await world.FindAsync(id);
        Assert.Empty(world.Host.Failures);
        Assert.Equal(AgreementStatus.RevokedByMerchant, agreement.Status);
        Assert.Equal(50, agreement.RefundedMinorUnits);
        var attempts = await AttemptsAsync(world, id);
        Assert.Equal(
            [AttemptState.Captured, AttemptState.Captured, AttemptState.Declined, AttemptState.NotExecuted],
            attempts.Select(it => it.State).Order()
        );
        var messages = attempts.Select(it => it.Failure?.Message).OfType<string>().ToList();
        Assert.Equal(kind is "half characters" ? 0 : 2, messages.Count);
        Assert.All(messages, it => Assert.InRange(it.Length, 299, 512));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_create_that_is_refused_with_any_text_is_recorded(string kind)
    {
        NastyTexts? texts = null;
        using var world = new MemoryWorld(wire: inner => texts = new NastyTexts(kind, inner));
        texts!.Refuses = ("payment-agreements", 400);

        var reply = await world.Get<CreateAgreement>().RunAsync(Encoding.UTF8.GetBytes(Order), "order-1", default);

        Assert.Equal(422, reply.Status);
        Assert.Equal(CreateState.Refused, (await world.FindAsync(AgreementId.FromKey("order-1"))).Create.State);
    }

    /// <summary>Each text of each event, as long as an event may be.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Whatever_an_event_says_it_is_applied_or_kept_in_quarantine(string kind)
    {
        using var world = new MemoryWorld();
        var id = await world.ActiveAsync();
        var charge = world.ChargesAtPpro(id).Single();
        var number = 0;
        foreach (var (type, names) in Events)
        {
            foreach (var name in names)
            {
                var data = Data(world, id, charge.Id, charge.Reference!, type)
                    .Replace($"\"{name}\":\"?\"", $"\"{name}\":\"{LongText(kind)}\"", StringComparison.Ordinal);
                var reply = await world.ReceiveAsync(world.EventBody(type, charge.Id, data, $"Ev{++number}"));
                Assert.Equal(200, reply.Status);
                await world.Host.SettleAsync();
            }
        }

        Assert.Empty(world.Host.Failures);
        var quarantined = (await world.QuarantinedAsync()).Select(it => it.EventId).ToHashSet();
        foreach (var one in Enumerable.Range(1, number).Select(it => $"Ev{it}"))
        {
            Assert.True(quarantined.Contains(one) ^ await world.HasEventAsync(id, one), one);
        }

        Assert.NotEmpty(await AttemptsAsync(world, id));
        await world.Host.AdvanceAsync(TimeSpan.FromDays(1));
        Assert.Empty(world.Host.Failures);
    }

    private static string LongText(string kind)
    {
        var one = Encoding.UTF8.GetByteCount(NastyTexts.Text(kind, 8)) / 8.0;
        return NastyTexts.Text(kind, (int)((EventBytes - 1_000) / one));
    }

    private static readonly (string Type, string[] Names)[] Events =
    [
        ("PAYMENT_AGREEMENT_UPDATED", ["paymentAgreementStatus", "requestUrl", "requestMethod", "failureMessage"]),
        ("PAYMENT_AGREEMENT_AUTHENTICATION_PENDING", ["failureType", "failureCode", "providerFailureCode"]),
        ("PAYMENT_CHARGE_AUTHORIZATION_FAILED", ["failureMessage", "failureCode", "paymentChargeStatus"]),
        ("PAYMENT_CHARGE_CAPTURE_SUCCEEDED", ["captureId", "merchantCaptureReference"]),
        ("PAYMENT_CHARGE_REFUND_FAILED", ["refundId", "merchantRefundReference", "failureMessage"]),
        ("PAYMENT_CHARGE_REFUND_SUCCEEDED", ["merchantRefundReference", "refundId"]),
        ("FUNDS_STATE_CHANGED", ["fundsState", "paymentOperationId", "paymentOperationType"]),
        ("CHARGEBACK_SUCCEEDED", ["orderReferenceNumber"]),
        ("REPORT_PROCESSED", ["paymentChargeId", "merchantPaymentChargeReference", "downloadUrl"]),
        ("SOMETHING_NEW", ["merchantPaymentAgreementReference", "paymentAgreementId", "anything"]),
    ];

    /// <summary>Every field that an event may carry; a question mark where a text may stand.</summary>
    private static string Data(MemoryWorld world, AgreementId id, string charge, string reference, string type)
    {
        var subject = type.Contains("AGREEMENT", StringComparison.Ordinal)
            ? $"\"paymentAgreementId\":\"{world.AtPpro(id).Id}\",\"merchantPaymentAgreementReference\":\"{id}\""
            : $"\"paymentChargeId\":\"{charge}\",\"merchantPaymentChargeReference\":\"{reference}\"";
        if (type is "REPORT_PROCESSED" or "SOMETHING_NEW")
        {
            subject =
                "\"paymentChargeId\":\"?\",\"merchantPaymentChargeReference\":\"?\",\"downloadUrl\":\"?\","
                + "\"merchantPaymentAgreementReference\":\"?\",\"paymentAgreementId\":\"?\",\"anything\":\"?\"";
        }

        return subject
            + ",\"amount\":{\"value\":1,\"currency\":\"KRW\"},\"captureId\":\"?\",\"merchantCaptureReference\":\"?\","
            + "\"refundId\":\"?\",\"merchantRefundReference\":\"?\",\"fundsState\":\"?\",\"paymentOperationId\":\"?\","
            + "\"paymentOperationType\":\"?\",\"orderReferenceNumber\":\"?\",\"paymentAgreementStatus\":\"?\","
            + "\"paymentChargeStatus\":\"?\",\"authenticationMethods\":[{\"type\":\"REDIRECT\",\"details\":"
            + "{\"requestUrl\":\"?\",\"requestMethod\":\"?\"}}],\"failure\":{\"failureType\":\"?\",\"failureCode\":\"?\","
            + "\"providerFailureCode\":\"?\",\"failureMessage\":\"?\"}";
    }

    private const string Order = """
        {
          "paymentMethod": "KAKAOPAY",
          "consumer": { "name": "김카카오", "country": "KR" },
          "authenticationSettings": [ { "type": "REDIRECT", "settings": { "returnUrl": "https://shop.example/return" } } ]
        }
        """;

    private static Task ChargeAsync(MemoryWorld world, AgreementId id, string reference) =>
        world
            .Get<CreateCharge>()
            .RunAsync(
                id.Value,
                Encoding.UTF8.GetBytes(
                    $$$"""{"amount":{"value":100,"currency":"KRW"},"merchantPaymentChargeReference":"{{{reference}}}"}"""
                ),
                null,
                default
            );

    private static Task RefundAsync(MemoryWorld world, AgreementId id, string charge, string reference) =>
        world
            .Get<RefundCharge>()
            .RunAsync(
                id.Value,
                charge,
                Encoding.UTF8.GetBytes($$"""{"amount":50,"merchantRefundReference":"{{reference}}"}"""),
                null,
                default
            );

    private static async Task RecheckAsync(MemoryWorld world, AgreementId id)
    {
        var wish = """{"actor":"kim","reason":"a look"}"""u8.ToArray();
        var reply = await world.Get<RecheckAgreement>().RunAsync(WhoAsks.AtThisMachine, id.Value, wish, default);
        Assert.Equal(200, reply.Status);
    }

    private static Task<IReadOnlyList<Attempt>> AttemptsAsync(MemoryWorld world, AgreementId id) =>
        world.Get<AgreementStore>().ListAttemptsAsync(id, null, 100, default);
}
