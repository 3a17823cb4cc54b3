using System.Text.Json.Nodes;
using PproSimulator;

namespace Unit.Tests.SimulatorTests;

/// <summary>What the webhooks carry and when they come (docs/ppro.md, Delivery and retries).</summary>
public sealed class EventsOfTheBooks
{
    private const string Common =
        "paymentChargeId paymentChargeStatus paymentMethod merchantId merchantPaymentChargeReference type ";

    private const string Agreement = "paymentAgreementId paymentAgreementStatus paymentMethod type merchantId ";

    private readonly SimulatedPpro ppro = new(
        new BooksSettings
        {
            RateLimit = 1000,
            Burst = 1000,
            DefaultWebhooksUrl = "http://127.0.0.1:9/",
        }
    );

    [Theory]
    [InlineData("PAYMENT_AGREEMENT_CREATED", Agreement + "startDate amount consumer")]
    [InlineData("PAYMENT_AGREEMENT_AUTHENTICATION_PENDING", Agreement + "authenticationMethods")]
    [InlineData("PAYMENT_AGREEMENT_ACTIVE", Agreement)]
    [InlineData("PAYMENT_AGREEMENT_REVOKED_BY_MERCHANT", Agreement)]
    [InlineData("PAYMENT_CHARGE_CREATED", Common + "paymentMedium amount consumer instrument")]
    [InlineData("PAYMENT_CHARGE_AUTHORIZATION_SUCCEEDED", Common + "authorizationId amount isMultiStep")]
    [InlineData("PAYMENT_CHARGE_AUTHORIZATION_FAILED", Common + "authorizationId amount failure")]
    [InlineData("PAYMENT_CHARGE_CAPTURE_SUCCEEDED", Common + "captureId amount merchantCaptureReference")]
    [InlineData("PAYMENT_CHARGE_REFUND_SUCCEEDED", Common + "refundId amount merchantRefundReference")]
    [InlineData("PAYMENT_CHARGE_REFUND_FAILED", Common + "refundId amount failure merchantRefundReference")]
    [InlineData("FUNDS_STATE_CHANGED", Common + "paymentOperationId paymentOperationType fundsState amount")]
    public void An_event_carries_its_fields_and_no_others(string type, string fields)
    {
        LiveThroughEverything();

        var told = ppro.Books.Events.All.First(it => it.Type == type);
        var envelope = (JsonObject)JsonNode.Parse(told.Body)!;

        Assert.Equal(
            ["specversion", "source", "datacontenttype", "id", "type", "subject", "time", "data"],
            envelope.Select(it => it.Key)
        );
        Assert.Equal("1.0.2", (string?)envelope["specversion"]);
        Assert.Matches("^[A-Za-z0-9]{21}$", (string)envelope["id"]!);
        Assert.Equal(type, (string?)envelope["data"]!["type"]);
        Assert.Equal(
            fields.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(),
            ((JsonObject)envelope["data"]!).Select(it => it.Key).Order()
        );
    }

    [Fact]
    public void Deliveries_that_fail_come_at_the_timetables_seconds()
    {
        ppro.Post("/v1/payment-agreements", SimulatedPpro.AgreementBody());
        var start = ppro.Clock.GetUtcNow();
        while (ppro.Books.Events.All[0].NextAt is { } next)
        {
            ppro.Clock.SetUtcNow(next);
            foreach (var due in ppro.Books.TakeDueEvents())
            {
                ppro.Books.Delivered(due, "HTTP 500", hasArrived: false);
            }
        }

        Assert.Equal(
            [0, 15, 45, 105, 225, 465, 945, 1_905, 3_825, 7_665, 15_345, 30_705, 61_425, 122_865, 245_745],
            ppro.Books.Events.All[0].Attempts.Select(it => (int)(it.At - start).TotalSeconds)
        );
    }

    [Fact]
    public void What_was_due_in_a_jump_is_stamped_with_its_own_moment_and_in_order()
    {
        var id = (string)ppro.Post("/v1/payment-agreements", SimulatedPpro.AgreementBody()).Body!["id"]!;
        var other = (string)ppro.Post("/v1/payment-agreements", SimulatedPpro.AgreementBody()).Body!["id"]!;
        var due = ppro.Clock.GetUtcNow() + ppro.Books.Settings.ApprovalTimeout;

        ppro.Clock.Advance(TimeSpan.FromDays(3));
        ppro.Get($"/v1/payment-agreements/{id}");

        var failed = ppro.Books.Events.All.Where(it => it.Type is "PAYMENT_AGREEMENT_FAILED").ToList();
        Assert.All(failed, it => Assert.Equal(due, it.Time));
        Assert.Equal([id, other], failed.Select(it => it.Subject));
    }

    private void LiveThroughEverything()
    {
        var agreement = ppro.Active();
        var charge = (string)ppro.Charge(agreement, 102)["id"]!;
        foreach (var amount in (int[])[50, 60])
        {
            var body = $$"""{"amount":{{amount}},"merchantRefundReference":"RF"}""";
            ppro.Post($"/v1/payment-charges/{charge}/refunds", body);
        }

        ppro.Books.Decline(new("PROVIDER_DECLINE", "INSUFFICIENT_FUNDS", "no", true), null, 1);
        ppro.Charge(agreement, 102);
        ppro.Post($"/v1/payment-agreements/{agreement}/revocations", "{}");
    }
}
