using System.Text.Json.Nodes;
using PproSimulator;

namespace Unit.Tests.SimulatorTests;

/// <summary>The life of an agreement, as docs/ppro.md, Agreements, has it.</summary>
public sealed class AgreementsInTheBooks
{
    private const string Initial =
        ""","initialPaymentCharge":{"paymentDescriptor":"fundsEventType=Received;fundsEventScheduleDelay=10s","amount":{"value":101,"currency":"KRW"},"merchantPaymentChargeReference":"ABC987654321"}""";

    private readonly SimulatedPpro ppro = new();

    [Fact]
    public void The_founding_pages_request_is_answered_with_its_fields_in_its_order()
    {
        var answer = ppro.Post("/v1/payment-agreements", SimulatedPpro.AgreementBody(Initial));

        Assert.Equal(200, answer.Status);
        Assert.Equal(
            [
                "id",
                "status",
                "paymentMethod",
                "startDate",
                "amount",
                "instrumentId",
                "consumer",
                "authenticationMethods",
                "history",
                "createdAt",
                "updatedAt",
            ],
            ((JsonObject)answer.Body!).Select(it => it.Key)
        );
        Assert.Equal("AUTHENTICATION_PENDING", (string?)Assert.Single(answer.Body!["history"]!.AsArray())!["status"]);
        Assert.Matches("^agr_[A-Za-z0-9]{21}$", (string)answer.Body!["id"]!);
        Assert.Matches(
            @"\?redirection_token=[^.]+\.[^.]+\.[^.]+$",
            (string)answer.Body!["authenticationMethods"]![0]!["details"]!["requestUrl"]!
        );
    }

    [Fact]
    public void Approval_activates_it_and_makes_the_initial_charge()
    {
        var id = ppro.Active(Initial);

        var agreement = ppro.Get($"/v1/payment-agreements/{id}").Body!;
        Assert.Equal("ACTIVE", (string?)agreement["status"]);
        var charge = ppro.Get($"/v1/payment-charges/{agreement["initialPaymentChargeId"]}").Body!;
        Assert.Equal(("CAPTURED", id), ((string?)charge["status"], (string?)charge["agreementId"]));
        Assert.Equal(
            [
                "PAYMENT_AGREEMENT_CREATED",
                "PAYMENT_AGREEMENT_AUTHENTICATION_PENDING",
                "PAYMENT_AGREEMENT_ACTIVE",
                "PAYMENT_CHARGE_CREATED",
                "PAYMENT_CHARGE_AUTHORIZATION_SUCCEEDED",
                "PAYMENT_CHARGE_CAPTURE_SUCCEEDED",
                "FUNDS_STATE_CHANGED",
            ],
            ppro.EventTypes
        );
    }

    [Fact]
    public void The_founding_descriptor_brings_the_funds_ten_seconds_after_the_capture()
    {
        ppro.Active(Initial);

        ppro.Clock.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal("CAPTURE_FUNDS_WAITING", ppro.Books.Charges.Single().Funds.Values.Single());
        ppro.Clock.Advance(TimeSpan.FromSeconds(1));
        _ = ppro.Books.NextAt;

        Assert.Equal("CAPTURE_FUNDS_RECEIVED", ppro.Books.Charges.Single().Funds.Values.Single());
    }

    [Fact]
    public void A_cancelled_one_has_failed_and_charges_nothing()
    {
        var id = (string)ppro.Post("/v1/payment-agreements", SimulatedPpro.AgreementBody(Initial)).Body!["id"]!;

        Assert.True(ppro.Books.Cancel(id));

        var agreement = ppro.Get($"/v1/payment-agreements/{id}").Body!;
        Assert.Equal(
            ("FAILED", "CANCELED_BY_CONSUMER"),
            ((string?)agreement["status"], (string?)agreement["failure"]!["failureCode"])
        );
        Assert.Empty(ppro.Books.Charges);
        Assert.False(ppro.Books.Approve(id));
    }

    [Fact]
    public void Nobody_acts_and_it_fails_after_fifteen_minutes()
    {
        var id = (string)ppro.Post("/v1/payment-agreements", SimulatedPpro.AgreementBody()).Body!["id"]!;

        ppro.Clock.Advance(TimeSpan.FromMinutes(15));

        Assert.Equal(
            "PAYMENT_METHOD_TIMEOUT",
            (string?)ppro.Get($"/v1/payment-agreements/{id}").Body!["failure"]!["failureCode"]
        );
    }

    [Fact]
    public void It_is_revoked_once()
    {
        var id = ppro.Active();

        var first = ppro.Post($"/v1/payment-agreements/{id}/revocations", "{}");
        var second = ppro.Post($"/v1/payment-agreements/{id}/revocations", "{}");

        Assert.Equal("REVOKED", (string?)first.Body!["status"]);
        Assert.Equal("AGREEMENT_REVOKED", (string?)second.Body!["failure"]!["failureCode"]);
        Assert.Equal(
            "REVOKED_BY_MERCHANT",
            (string?)ppro.Get($"/v1/payment-agreements/{id}").Body!["revocations"]![0]!["revocationStatus"]
        );
        Assert.Equal("AGREEMENT_REVOKED", (string?)ppro.Charge(id, 100)["failure"]!["failureCode"]);
    }

    [Theory]
    [InlineData(true, "REVOKED_BY_CONSUMER")]
    [InlineData(false, "REVOKED_BY_PROVIDER")]
    public void Others_may_end_it(bool byConsumer, string status)
    {
        var id = ppro.Active();

        Assert.True(ppro.Books.EndFromOutside(id, byConsumer));

        Assert.Equal(status, (string?)ppro.Get($"/v1/payment-agreements/{id}").Body!["status"]);
        Assert.Equal($"PAYMENT_AGREEMENT_{status}", ppro.EventTypes.Last());
    }

    [Theory]
    [InlineData("""{"paymentMethod":"KAKAOPAY"}""", 400)]
    [InlineData("""{"consumer":{"name":"x","country":"KR"}}""", 400)]
    [InlineData("""{"paymentMethod":"KAKAOPAY","consumer":{"country":"KR"}}""", 400)]
    [InlineData(
        """{"paymentMethod":"KAKAOPAY","consumer":{"name":"x","country":"KR"},"webhooksUrl":"http://shop.example/"}""",
        400
    )]
    [InlineData(
        """{"paymentMethod":"KAKAOPAY","consumer":{"name":"x","country":"KR"},"amount":{"value":-1,"currency":"KRW"}}""",
        422
    )]
    [InlineData("nonsense", 400)]
    public void A_malformed_request_is_refused_by_status(string body, int status)
    {
        var answer = ppro.Post("/v1/payment-agreements", body);

        Assert.Equal(status, answer.Status);
        Assert.NotNull(answer.Body!["failureMessage"]);
        Assert.Empty(ppro.Books.Agreements);
    }

    [Theory]
    [InlineData("CASH", "KR", "KRW", 100, "INVALID_PAYMENT_METHOD")]
    [InlineData("KAKAOPAY", "JP", "KRW", 100, "COUNTRY_NOT_SUPPORTED")]
    [InlineData("KAKAOPAY", "KR", "USD", 100, "INVALID_CURRENCY")]
    [InlineData("KAKAOPAY", "KR", "KRW", 49, "AMOUNT_NOT_SUPPORTED")]
    [InlineData("KAKAOPAY", "KR", "KRW", 2_000_001, "AMOUNT_NOT_SUPPORTED")]
    public void A_business_refusal_is_200_and_failed_or_400_by_setting(
        string method,
        string country,
        string currency,
        long value,
        string code
    )
    {
        var body =
            $$$"""{"paymentMethod":"{{{method}}}","consumer":{"name":"x","country":"{{{country}}}"},"amount":{"value":{{{value}}},"currency":"{{{currency}}}"}}""";

        var answer = ppro.Post("/v1/payment-agreements", body);

        Assert.Equal(
            ("FAILED", code),
            ((string?)answer.Body!["status"], (string?)answer.Body!["failure"]!["failureCode"])
        );
        Assert.Equal(
            400,
            new SimulatedPpro(new BooksSettings { RefusalsAs400 = true }).Post("/v1/payment-agreements", body).Status
        );
    }
}
