using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace EndToEnd.Tests;

/// <summary>Bad input gets a clear problem, names its fields, changes nothing, and PPRO does not hear of it.</summary>
[Collection(EndToEndCollection.Name)]
public sealed class RefusingBadRequests(RunningApp running)
{
    [Theory]
    [InlineData("""{"paymentMethod":""")]
    [InlineData("[]")]
    [InlineData("""{"reference":"\ud800"}""")]
    [InlineData("""{"\udc00":1}""")]
    [InlineData("")]
    [InlineData("""{"paymentMethod":"KAKAOPAY","paymentMethod":"KAKAOPAY"}""")]
    public async Task Malformed_JSON_is_said_to_be_malformed(string body)
    {
        var answered = await running.App.PostAsync("/api/agreements", Encoding.UTF8.GetBytes(body));

        Assert.Equal(HttpStatusCode.BadRequest, answered.Status);
        Assert.Equal("application/problem+json", answered.ContentType);
        Assert.Equal("urn:problem:malformed-json", (string?)answered.Json["type"]);
    }

    [Theory]
    [InlineData("/paymentMethod", "\"CARD\"", 422)]
    [InlineData("/paymentMethod", "5", 400)]
    [InlineData("/paymentMethod", null, 400)]
    [InlineData("/consumer", "\"me\"", 400)]
    [InlineData("/consumer/name", null, 400)]
    [InlineData("/consumer/name", "\"  \"", 422)]
    [InlineData("/consumer/country", "\"JP\"", 422)]
    [InlineData("/amount/value", "49", 422)]
    [InlineData("/amount/value", "2000001", 422)]
    [InlineData("/amount/value", "-1", 422)]
    [InlineData("/amount/value", "99.5", 400)]
    [InlineData("/amount/value", "1e3", 400)]
    [InlineData("/amount/value", "99999999999999999999", 400)]
    [InlineData("/amount/value", "\"100\"", 400)]
    [InlineData("/amount/currency", "\"USD\"", 422)]
    [InlineData("/amountType", "\"SOMETIMES\"", 422)]
    [InlineData("/frequency", "{}", 400, "/frequency/type")]
    [InlineData("/frequency", "{\"type\":\"HOURLY\"}", 422, "/frequency/type")]
    [InlineData("/frequency", "{\"type\":\"DAILY\",\"interval\":0}", 422, "/frequency/interval")]
    [InlineData("/frequency", "{\"type\":\"DAILY\",\"interval\":1001}", 422, "/frequency/interval")]
    [InlineData("/startDate", "\"tomorrow\"", 400)]
    [InlineData("/startDate", "\"2026-01-31T09:00:00\"", 400)]
    [InlineData("/startDate", "\"1999-01-01T00:00:00Z\"", 422)]
    [InlineData("/startDate", "\"2099-01-01T00:00:00Z\"", 422)]
    [InlineData("/endDate", "\"2020-01-01T00:00:00Z\"", 422)]
    [InlineData("/maxCharges", "0", 422)]
    [InlineData("/maxCharges", "3", 422)] // Without a frequency.
    [InlineData("/catchUp", "1", 422)]
    [InlineData("/description", "7", 400)]
    [InlineData("/paymentMedium", "7", 400)]
    [InlineData("/reference", "{}", 400)]
    [InlineData("/amount", "100", 400)]
    [InlineData("/amount/currency", null, 400)]
    [InlineData("/frequency", "\"MONTHLY\"", 400)]
    [InlineData("/consumer/country", null, 400)]
    [InlineData("/consumer/email", "5", 400)]
    [InlineData("/consumer/age", "5", 422)]
    [InlineData("/initialPaymentCharge", "[]", 400)]
    [InlineData("/authenticationSettings/0/settings", null, 400)]
    [InlineData("/authenticationSettings/0/settings/returnUrl", null, 400)]
    [InlineData("/authenticationSettings", null, 400)]
    [InlineData("/authenticationSettings", "[]", 422)]
    [InlineData("/authenticationSettings", "[7]", 400, "/authenticationSettings/0")]
    [InlineData("/authenticationSettings/0/type", "\"3DS\"", 422)]
    [InlineData("/authenticationSettings/0/settings/returnUrl", "\"http://shop.example\"", 422)]
    [InlineData("/authenticationSettings/0/settings/returnUrl", "\"javascript:alert(1)\"", 422)]
    [InlineData("/initialPaymentCharge", "{}", 400, "/initialPaymentCharge/amount")]
    [InlineData(
        "/initialPaymentCharge",
        "{\"amount\":{\"value\":100,\"currency\":\"KRW\"},\"autoCapture\":false}",
        422,
        "/initialPaymentCharge/autoCapture"
    )]
    [InlineData("/webhooksUrl", "\"https://elsewhere.example\"", 422)]
    [InlineData("/merchantPaymentAgreementReference", "\"mine\"", 422)]
    [InlineData("/frequencey", "{\"type\":\"MONTHLY\"}", 422)]
    [InlineData("/labels", "{\"a\":1}", 422)]
    public async Task A_wrong_field_is_named_by_its_pointer(
        string field,
        string? value,
        int status,
        string? named = null
    )
    {
        var agreements = (await running.App.BooksAsync("requests")).Count;
        var request = Storefront.AgreementRequest();
        request.Set(field, value);

        var answered = await running.App.PostAsync("/api/agreements", request);

        Assert.Equal(status, (int)answered.Status);
        Assert.Equal("urn:problem:invalid-fields", (string?)answered.Json["type"]);
        Assert.Contains(named ?? field, ((JsonObject)answered.Json["errors"]!).Select(it => it.Key));
        Assert.Equal(agreements, (await running.App.BooksAsync("requests")).Count);
    }

    [Fact]
    public async Task All_wrong_fields_are_named_at_once()
    {
        var request = Storefront.AgreementRequest();
        request.Set("/consumer/country", "\"JP\"");
        request.Set("/amount/value", "1");
        request.Set("/amount/currency", "\"EUR\"");
        request.Set("/surprise", "true");

        var answered = await running.App.PostAsync("/api/agreements", request);

        Assert.Equal(
            ["/amount/currency", "/amount/value", "/consumer/country", "/surprise"],
            ((JsonObject)answered.Json["errors"]!).Select(it => it.Key)
        );
    }

    [Theory]
    [InlineData("{\"reference\":\"", "\"}")]
    [InlineData("{\"", "\":1}")]
    public async Task A_text_that_is_no_UTF_8_is_malformed(string before, string after)
    {
        byte[] body = [.. Encoding.UTF8.GetBytes(before), 0xC3, 0x28, .. Encoding.UTF8.GetBytes(after)];

        var answered = await running.App.PostAsync("/api/agreements", body);

        Assert.Equal(HttpStatusCode.BadRequest, answered.Status);
        Assert.Equal("urn:problem:malformed-json", (string?)answered.Json["type"]);
    }

    [Fact]
    public async Task A_body_that_says_how_huge_it_is_is_refused_before_it_is_sent()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/agreements")
        {
            Content = new ByteArrayContent(new byte[40_000_000]),
        };
        request.Headers.ExpectContinue = true;

        using var response = await running.App.Http.SendAsync(request);
        var answered = await Answered.ReadAsync(response);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answered.Status);
        Assert.Equal("urn:problem:body-too-large", (string?)answered.Json["type"]);
    }

    [Fact]
    public async Task A_body_above_64_KiB_is_refused()
    {
        var answered = await running.App.PostAsync("/api/agreements", new byte[(64 * 1024) + 1]);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answered.Status);
        Assert.Equal("urn:problem:body-too-large", (string?)answered.Json["type"]);
    }

    [Theory]
    [InlineData("/api/agreements/unknown")]
    [InlineData("/api/agreements/aaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("/api/agreements/aaaaaaaaaaaaaaaaaaaaaaaaaa/payment-charges")]
    [InlineData("/api/agreements/aaaaaaaaaaaaaaaaaaaaaaaaaa/payment-charges/20260101-1")]
    [InlineData("/api/agreements/aaaaaaaaaaaaaaaaaaaaaaaaaa/payment-charges/..%2Fagreement")]
    public async Task An_unknown_id_is_not_found(string path)
    {
        var answered = await running.App.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, answered.Status);
        Assert.Equal("urn:problem:not-found", (string?)answered.Json["type"]);
    }

    [Fact]
    public async Task A_key_that_is_no_visible_ASCII_is_refused()
    {
        var answered = await running.App.PostAsync("/api/agreements", FoundingPage.Agreement, new string('k', 256));

        Assert.Equal("urn:problem:invalid-idempotency-key", (string?)answered.Json["type"]);
    }
}
