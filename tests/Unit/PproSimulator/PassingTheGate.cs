using System.Text;
using PproSimulator;

namespace Unit.Tests.SimulatorTests;

/// <summary>Credentials, routes, keys, limits and faults, and the ladder of deliveries.</summary>
public sealed class PassingTheGate
{
    private readonly SimulatedPpro ppro = new();

    [Fact]
    public void Credentials_and_routes_are_checked()
    {
        var read = ppro.Signed("GET", "/v1/payment-agreements/agr_x");

        Assert.Equal(401, ppro.Books.Call(read with { Authorization = "Bearer wrong" }).Status);
        Assert.Equal(400, ppro.Books.Call(read with { MerchantId = null }).Status);
        Assert.Equal(403, ppro.Books.Call(read with { MerchantId = "merch_other" }).Status);
        Assert.Equal(404, ppro.Books.Call(read).Status);
        Assert.Equal(405, ppro.Books.Call(read with { Method = "POST" }).Status);
        Assert.Equal(415, ppro.Post("/v1/payment-agreements", "{}", contentType: "text/plain").Status);
        Assert.Equal("Not Found", (string?)ppro.Get("/v1/elsewhere").Body!["message"]);
    }

    [Theory]
    [InlineData("application/json", 400)]
    [InlineData("Application/JSON;charset=\"utf-8\"", 400)]
    [InlineData("application/json ; ; profile=\"a;b\" ;", 400)]
    [InlineData("application/jsonx", 415)]
    [InlineData("application/json x", 415)]
    [InlineData("application/json, text/plain", 415)]
    [InlineData("text/plain; profile=\"application/json\"", 415)]
    public void A_content_type_with_parameters_is_json_and_a_longer_word_is_not(string type, int status) =>
        Assert.Equal(status, ppro.Post("/v1/payment-agreements", "{}", contentType: type).Status);

    [Fact]
    public void The_same_key_and_bytes_are_answered_again_and_charge_once()
    {
        var agreement = ppro.Active();

        var first = Charge(agreement, "key", 100);
        var second = Charge(agreement, "key", 100);

        Assert.False(first.IsReplay);
        Assert.True(second.IsReplay);
        Assert.Equal((string?)first.Body!["id"], (string?)second.Body!["id"]);
        Assert.Single(ppro.Books.Charges);
    }

    [Fact]
    public void The_same_key_with_other_bytes_or_another_path_conflicts()
    {
        var agreement = ppro.Active();
        Charge(agreement, "key", 100);

        Assert.Equal(409, Charge(agreement, "key", 101).Status);
        Assert.Equal(409, ppro.Post($"/v1/payment-agreements/{agreement}/revocations", "{}", "key").Status);
    }

    [Fact]
    public void A_4xx_does_not_keep_its_key_and_a_decline_does()
    {
        var agreement = ppro.Active();
        ppro.Books.Decline(new("PROVIDER_DECLINE", "GENERIC_DECLINE", "no", true), null, 1);

        Assert.Equal(422, Charge(agreement, "wrong", 0).Status);
        Assert.Equal(200, Charge(agreement, "wrong", 100).Status);
        Assert.Equal("CAPTURED", (string?)Charge(agreement, "right", 100).Body!["status"]);
        Assert.Equal("FAILED", (string?)Charge(agreement, "wrong", 100).Body!["status"]);
    }

    [Fact]
    public void A_key_is_forgotten_after_24_hours()
    {
        var agreement = ppro.Active();
        Charge(agreement, "key", 100);

        ppro.Clock.Advance(TimeSpan.FromHours(24));
        Charge(agreement, "key", 100);

        Assert.Equal(2, ppro.Books.Charges.Count);
    }

    [Theory]
    [InlineData("lostResponse")]
    [InlineData("500AfterEffect")]
    public void What_had_an_effect_is_answered_truly_at_the_second_time(string kind)
    {
        var agreement = ppro.Active();
        ppro.Books.Faults.Add(new("charge", kind, TimeSpan.Zero), 1);

        var first = Charge(agreement, "key", 100);
        var second = Charge(agreement, "key", 100);

        Assert.True(first.IsLost || first.Status is 500);
        Assert.Equal((true, "CAPTURED"), (second.IsReplay, (string?)second.Body!["status"]));
        Assert.Single(ppro.Books.Charges);
    }

    [Theory]
    [InlineData("500", 500)]
    [InlineData("504", 504)]
    [InlineData("429", 429)]
    [InlineData("409", 409)]
    [InlineData("401", 401)]
    public void What_fails_before_its_effect_has_none(string kind, int status)
    {
        var agreement = ppro.Active();
        ppro.Books.Faults.Add(new("charge", kind, TimeSpan.Zero), 1);

        Assert.Equal(status, Charge(agreement, "key", 100).Status);
        Assert.Empty(ppro.Books.Charges);
        Assert.Equal(200, Charge(agreement, "key", 100).Status);
    }

    [Fact]
    public void A_late_execution_happens_when_nobody_expects_it()
    {
        var agreement = ppro.Active();
        ppro.Books.Faults.Add(new("charge", "lateExecution", TimeSpan.FromHours(2)), 1);

        Assert.True(Charge(agreement, "key", 100).IsLost);
        Assert.Empty(ppro.Books.Charges);
        ppro.Clock.Advance(TimeSpan.FromHours(2));
        _ = ppro.Books.NextAt;

        Assert.True(ppro.Books.Charges.Single().IsCaptured);
    }

    [Fact]
    public void Over_the_bucket_is_429_until_it_fills_again()
    {
        var tight = new SimulatedPpro(new BooksSettings { RateLimit = 5, Burst = 10 });
        var statuses = Enumerable.Range(0, 11).Select(_ => tight.Get("/v1/payment-agreements/agr_x").Status).ToList();

        Assert.Equal(10, statuses.Count(it => it is 404));
        Assert.Equal(429, statuses[^1]);
        tight.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(404, tight.Get("/v1/payment-agreements/agr_x").Status);
    }

    [Fact]
    public void The_ladder_has_fifteen_deliveries_in_68_hours()
    {
        var waits = Enumerable.Range(1, 15).Select(DeliveryRetries.WaitAfter).ToList();

        Assert.Equal(TimeSpan.FromSeconds(15), waits[0]);
        Assert.Equal(
            TimeSpan.FromSeconds(245_745),
            waits.Aggregate(TimeSpan.Zero, (sum, wait) => sum + (wait ?? TimeSpan.Zero))
        );
        Assert.Null(waits[14]);
        Assert.All(
            waits.Skip(1).Take(13).Select((wait, index) => (wait, index)),
            it => Assert.Equal(waits[it.index] * 2, it.wait)
        );
    }

    [Fact]
    public void An_event_that_does_not_arrive_is_delivered_fifteen_times()
    {
        var named = new SimulatedPpro(new BooksSettings { DefaultWebhooksUrl = "http://127.0.0.1:9/" });
        named.Post("/v1/payment-agreements", SimulatedPpro.AgreementBody());
        var first = named.Books.TakeDueEvents()[0];

        while (first.NextAt is { } next)
        {
            named.Clock.SetUtcNow(next > named.Clock.GetUtcNow() ? next : named.Clock.GetUtcNow());
            named.Books.Delivered(first, "HTTP 500", hasArrived: false);
        }

        Assert.Equal(15, first.Attempts.Count);
        Assert.False(first.HasArrived);
    }

    [Fact]
    public void The_signatures_are_those_of_the_worked_example()
    {
        var body = Encoding.UTF8.GetBytes("""{"name":"김카카오"}""");

        Assert.Equal(
            "t=1741176995,s=80790f1b17fb7c13c7bd998a86690ff2e98908cb73ad697aea05a2c8d09d565e",
            Signing.Header(body, "demo_signing_secret_0001", DateTimeOffset.FromUnixTimeSeconds(1741176995))
        );
    }

    private BooksAnswer Charge(string agreement, string key, long value) =>
        ppro.Post($"/v1/payment-agreements/{agreement}/payment-charges", SimulatedPpro.ChargeBody(value), key);
}
