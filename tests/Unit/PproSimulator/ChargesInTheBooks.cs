using System.Text.Json.Nodes;
using PproSimulator;

namespace Unit.Tests.SimulatorTests;

/// <summary>
/// The life of a charge and of its refunds, as docs/ppro.md, Charges, and docs/ppro.md, Refunds, have it.
/// </summary>
public sealed class ChargesInTheBooks
{
    private readonly SimulatedPpro ppro = new();

    [Fact]
    public void A_charge_is_captured_and_only_a_read_shows_its_agreement()
    {
        var agreement = ppro.Active();

        var answer = ppro.Charge(agreement, 102);
        var read = ppro.Get($"/v1/payment-charges/{answer["id"]}").Body!;

        Assert.Equal("CAPTURED", (string?)answer["status"]);
        Assert.Null(answer["agreementId"]);
        Assert.Equal(agreement, (string?)read["agreementId"]);
        Assert.Equal(102, (long)read["captures"]![0]!["amount"]!);
        Assert.Empty(read["refunds"]!.AsArray());
    }

    [Theory]
    [InlineData(49, 200, "AMOUNT_NOT_SUPPORTED")]
    [InlineData(2_000_001, 200, "AMOUNT_NOT_SUPPORTED")]
    [InlineData(0, 422, null)]
    [InlineData(-5, 422, null)]
    public void Amounts_have_limits(long value, int status, string? code)
    {
        var answer = ppro.Post(
            $"/v1/payment-agreements/{ppro.Active()}/payment-charges",
            SimulatedPpro.ChargeBody(value)
        );

        Assert.Equal((status, code), (answer.Status, (string?)answer.Body!["failure"]?["failureCode"]));
    }

    [Fact]
    public void An_agreement_that_is_not_active_declines_and_an_unknown_one_is_not_found()
    {
        var id = (string)ppro.Post("/v1/payment-agreements", SimulatedPpro.AgreementBody()).Body!["id"]!;

        Assert.Equal("AGREEMENT_INACTIVE", (string?)ppro.Charge(id, 100)["failure"]!["failureCode"]);
        Assert.Equal(
            404,
            ppro.Post("/v1/payment-agreements/agr_x/payment-charges", SimulatedPpro.ChargeBody(100)).Status
        );
    }

    [Theory]
    [InlineData("MAX", 101, true)]
    [InlineData("MAX", 102, false)]
    [InlineData("EXACT", 100, false)]
    [InlineData("VARIABLE", 5_000, true)]
    public void The_amount_type_binds(string type, long value, bool isCaptured)
    {
        var agreement = ppro.Active($$""","amountType":"{{type}}" """);

        Assert.Equal(isCaptured ? "CAPTURED" : "FAILED", (string?)ppro.Charge(agreement, value)["status"]);
    }

    [Fact]
    public void A_planned_decline_meets_its_charge_and_tells_webhooks_nothing_of_retrying()
    {
        var agreement = ppro.Active();
        ppro.Books.Decline(new("PROVIDER_DECLINE", "INSUFFICIENT_FUNDS", "no", true), "SECOND", 1);

        Assert.Equal("CAPTURED", (string?)ppro.Charge(agreement, 100, "FIRST")["status"]);
        Assert.True((bool)ppro.Charge(agreement, 100, "SECOND")["failure"]!["isRetryable"]!);

        var told = ppro.Books.Events.All.Single(it => it.Type is "PAYMENT_CHARGE_AUTHORIZATION_FAILED");
        Assert.Null(told.Data["failure"]!["isRetryable"]);
    }

    [Fact]
    public void An_asynchronous_charge_is_captured_later()
    {
        var slow = new SimulatedPpro(new BooksSettings { AsyncCaptureAfter = TimeSpan.FromMinutes(5) });
        var charge = slow.Charge(slow.Active(), 100);

        slow.Clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal("AUTHORIZATION_ASYNC", (string?)charge["status"]);
        Assert.Equal("CAPTURED", (string?)slow.Get($"/v1/payment-charges/{charge["id"]}").Body!["status"]);
    }

    [Fact]
    public void The_search_is_by_reference_or_by_agreement_in_pages()
    {
        var paged = new SimulatedPpro(new BooksSettings { PageSize = 2, Burst = 1000 });
        var agreement = paged.Active();
        foreach (var number in Enumerable.Range(1, 5))
        {
            paged.Charge(agreement, 100, number < 4 ? "SAME" : "OTHER");
        }

        var first = paged.Get("/v1/payment-charges", ("merchantPaymentChargeReference", "SAME")).Body!;
        var second = paged
            .Get(
                "/v1/payment-charges",
                ("merchantPaymentChargeReference", "SAME"),
                ("page", (string)first["nextPage"]!)
            )
            .Body!;

        Assert.Equal((2, 1), (first["data"]!.AsArray().Count, second["data"]!.AsArray().Count));
        Assert.Null(second["nextPage"]);
        Assert.NotNull(paged.Get("/v1/payment-charges", ("agreementId", agreement)).Body!["nextPage"]);
        Assert.Equal(400, paged.Get("/v1/payment-charges").Status);
    }

    [Fact]
    public void A_hidden_charge_is_shown_when_its_time_has_come()
    {
        var agreement = ppro.Active();
        ppro.Books.Hide(TimeSpan.FromHours(1));
        var charge = ppro.Charge(agreement, 100, "HIDDEN");

        Assert.Equal(404, ppro.Get($"/v1/payment-charges/{charge["id"]}").Status);
        ppro.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Single(
            ppro.Get("/v1/payment-charges", ("merchantPaymentChargeReference", "HIDDEN")).Body!["data"]!.AsArray()
        );
    }

    [Fact]
    public void Refunds_are_partial_several_and_never_too_much()
    {
        var charge = (string)ppro.Charge(ppro.Active(), 102)["id"]!;

        Assert.Equal("REFUNDED", (string?)Refund(charge, 50)["status"]);
        Assert.Equal("CAPTURED", (string?)ppro.Get($"/v1/payment-charges/{charge}").Body!["status"]);
        Assert.Equal("EXCEEDS_REFUNDABLE_AMOUNT", (string?)Refund(charge, 53)["failure"]!["failureCode"]);
        Assert.Equal("EXCEEDS_CAPTURED_AMOUNT", (string?)Refund(charge, 103)["failure"]!["failureCode"]);
        Assert.Equal("REFUNDED", (string?)Refund(charge, 52)["status"]);
        Assert.Equal("REFUNDED", (string?)ppro.Get($"/v1/payment-charges/{charge}").Body!["status"]);
    }

    [Fact]
    public void The_refund_period_expires_after_365_days()
    {
        var charge = (string)ppro.Charge(ppro.Active(), 102)["id"]!;

        ppro.Clock.Advance(TimeSpan.FromDays(365) + TimeSpan.FromSeconds(1));

        Assert.Equal("REFUND_PERIOD_EXPIRED", (string?)Refund(charge, 50)["failure"]!["failureCode"]);
    }

    [Fact]
    public void A_refund_of_nothing_captured_is_declined()
    {
        ppro.Books.Decline(new("PROVIDER_DECLINE", "GENERIC_DECLINE", "no", null), null, 1);
        var charge = (string)ppro.Charge(ppro.Active(), 102)["id"]!;

        Assert.Equal("NO_CAPTURED_AMOUNT", (string?)Refund(charge, 50)["failure"]!["failureCode"]);
    }

    [Fact]
    public void A_pending_refund_reserves_its_amount_and_is_done_later()
    {
        var slow = new SimulatedPpro(new BooksSettings { PendingRefundFor = TimeSpan.FromHours(1) });
        var charge = (string)slow.Charge(slow.Active(), 100)["id"]!;
        var refund = slow.Post($"/v1/payment-charges/{charge}/refunds", """{"amount":60}""").Body!;

        Assert.Equal("PENDING", (string?)refund["status"]);
        Assert.Equal(
            "FAILED",
            (string?)slow.Post($"/v1/payment-charges/{charge}/refunds", """{"amount":60}""").Body!["status"]
        );
        slow.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(
            "REFUNDED",
            (string?)slow.Get($"/v1/payment-charges/{charge}/refunds/{refund["id"]}").Body!["status"]
        );
        Assert.Contains("PAYMENT_CHARGE_REFUND_SUCCEEDED", slow.EventTypes);
    }

    private JsonNode Refund(string charge, long amount) =>
        ppro.Post(
            $"/v1/payment-charges/{charge}/refunds",
            $$"""{"amount":{{amount}},"merchantRefundReference":"RF"}"""
        ).Body!;
}
