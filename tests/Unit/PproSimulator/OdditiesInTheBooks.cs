using System.Text.Json.Nodes;
using PproSimulator;

namespace Unit.Tests.SimulatorTests;

/// <summary>What PPRO should never do, played on request.</summary>
public sealed class OdditiesInTheBooks
{
    private readonly SimulatedPpro ppro = new();

    [Fact]
    public void Another_amount_is_captured_than_was_asked_for()
    {
        ppro.Books.Expect(new("captureOther") { Amount = new(990_000, "USD") });

        var odd = ppro.Charge(ppro.Active(), 9_900);
        var told = ppro.Books.Events.All.Single(it => it.Type is "PAYMENT_CHARGE_CAPTURE_SUCCEEDED");

        Assert.Equal((990_000L, "USD"), ((long)odd["captures"]![0]!["amount"]!, (string?)odd["currency"]));
        Assert.Equal(990_000, (long)told.Data["amount"]!["value"]!);
        Assert.Equal(100, (long)ppro.Charge(ppro.Active(), 100)["captures"]![0]!["amount"]!);
    }

    [Theory]
    [InlineData("twinFailedFirst", "FAILED", "CAPTURED")]
    [InlineData("twinFailedLast", "CAPTURED", "FAILED")]
    [InlineData("twinCaptured", "CAPTURED", "CAPTURED")]
    public void One_request_makes_two_charges_under_its_reference(string kind, string first, string second)
    {
        ppro.Books.Expect(new(kind));

        var answer = ppro.Charge(ppro.Active(), 100, "TWIN");
        var found = ppro.Get("/v1/payment-charges", ("merchantPaymentChargeReference", "TWIN")).Body!["data"]!;

        Assert.Equal([first, second], found.AsArray().Select(it => (string)it!["status"]!));
        Assert.Equal((string?)found[0]!["id"], (string?)answer["id"]);
    }

    [Fact]
    public void What_has_failed_is_captured_after_all()
    {
        ppro.Books.Expect(new("capturedAfterAll") { After = TimeSpan.FromHours(2) });
        var charge = ppro.Charge(ppro.Active(), 100);

        Assert.Equal("FAILED", (string?)charge["status"]);
        ppro.Clock.Advance(TimeSpan.FromHours(2));
        var read = ppro.Get($"/v1/payment-charges/{charge["id"]}").Body!;

        Assert.Equal("CAPTURED", (string?)read["status"]);
        Assert.Null(read["failure"]);
    }

    [Fact]
    public void A_refund_that_succeeded_fails_and_can_be_asked_for_again()
    {
        var charge = (string)ppro.Charge(ppro.Active(), 102)["id"]!;
        ppro.Books.Expect(new("failsLater") { After = TimeSpan.FromDays(2) });

        Assert.Equal("REFUNDED", (string?)Refund(charge, 102)["status"]);
        ppro.Clock.Advance(TimeSpan.FromDays(2));
        var read = ppro.Get($"/v1/payment-charges/{charge}").Body!;

        Assert.Equal(("CAPTURED", "FAILED"), ((string?)read["status"], (string?)read["refunds"]![0]!["status"]));
        Assert.Contains("PAYMENT_CHARGE_REFUND_FAILED", ppro.EventTypes);
        Assert.Equal("REFUNDED", (string?)Refund(charge, 102)["status"]);
    }

    [Fact]
    public void The_money_of_a_refund_is_sent_back()
    {
        var charge = (string)ppro.Charge(ppro.Active(), 102)["id"]!;
        ppro.Books.Expect(new("fundsRejected") { After = TimeSpan.FromDays(2) });
        var refund = Refund(charge, 102);

        ppro.Clock.Advance(TimeSpan.FromDays(2));
        var funds = ppro.Get($"/v1/payment-charges/{charge}/funds-statuses").Body!.AsArray();

        Assert.Contains(
            funds,
            it => (string?)it!["operationId"] == (string?)refund["id"] && IsRejected((string?)it["fundsStatus"])
        );
        Assert.Equal("REFUND_FUNDS_REJECTED", (string?)ppro.Books.Events.All[^1].Data["fundsState"]);
    }

    [Fact]
    public void A_revocation_that_fails_leaves_an_entry_and_an_active_agreement()
    {
        var agreement = ppro.Active();
        ppro.Books.Expect(new("revocationFails"), count: 2);

        Assert.Equal(["FAILED", "FAILED", "REVOKED"], [Revoke(agreement), Revoke(agreement), Revoke(agreement)]);
        var read = ppro.Get($"/v1/payment-agreements/{agreement}").Body!;

        Assert.Equal("REVOKED_BY_MERCHANT", (string?)read["status"]);
        Assert.Equal(
            ["REVOCATION_FAILED", "REVOCATION_FAILED", "REVOKED_BY_MERCHANT"],
            read["revocations"]!.AsArray().Select(it => (string)it!["revocationStatus"]!)
        );
    }

    [Fact]
    public void Reads_that_lag_behind_show_what_was()
    {
        var id = (string)ppro.Post("/v1/payment-agreements", SimulatedPpro.AgreementBody()).Body!["id"]!;
        ppro.Clock.Advance(TimeSpan.FromMinutes(5));
        ppro.Books.Approve(id);
        ppro.Books.LagBehind(TimeSpan.FromMinutes(10));

        Assert.Equal(404, ppro.Get($"/v1/payment-agreements/{id}").Status);
        ppro.Clock.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal("AUTHENTICATION_PENDING", StatusOf(id));
        ppro.Clock.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal("ACTIVE", StatusOf(id));
    }

    [Fact]
    public void What_would_change_one_agreement_is_refused_and_all_else_goes_on()
    {
        var (one, other) = (ppro.Active(), ppro.Active());
        ppro.Books.Refuse(403, TimeSpan.FromHours(1), one);

        Assert.Equal(403, ppro.Post($"/v1/payment-agreements/{one}/revocations", "{}").Status);
        Assert.Equal("ACTIVE", StatusOf(one));
        Assert.Equal("CAPTURED", (string?)ppro.Charge(other, 100)["status"]);
        ppro.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal("CAPTURED", (string?)ppro.Charge(one, 100)["status"]);
    }

    [Fact]
    public void Just_after_its_activation_an_agreement_may_say_that_it_is_inactive()
    {
        var slow = new SimulatedPpro(new BooksSettings { InactiveFor = TimeSpan.FromMinutes(1) });
        var agreement = slow.Active();

        Assert.Equal("AGREEMENT_INACTIVE", (string?)slow.Charge(agreement, 100)["failure"]!["failureCode"]);
        slow.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("CAPTURED", (string?)slow.Charge(agreement, 100)["status"]);
    }

    private static bool IsRejected(string? state) => state is "REFUND_FUNDS_REJECTED";

    private JsonNode Refund(string charge, long amount) =>
        ppro.Post($"/v1/payment-charges/{charge}/refunds", $$"""{"amount":{{amount}}}""").Body!;

    private string Revoke(string agreement) =>
        (string)ppro.Post($"/v1/payment-agreements/{agreement}/revocations", "{}").Body!["status"]!;

    private string? StatusOf(string agreement) =>
        (string?)ppro.Get($"/v1/payment-agreements/{agreement}").Body!["status"];
}
