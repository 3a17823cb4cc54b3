using System.Net;
using System.Text.Json.Nodes;

namespace EndToEnd.Tests;

/// <summary>A single charge that cannot be is refused: its fields are named, and PPRO does not hear of it.</summary>
[Collection(EndToEndCollection.Name)]
public sealed class RefusingCharges(RunningApp running)
{
    [Theory]
    [InlineData("/amount", null, 400)]
    [InlineData("/amount", "100", 400)]
    [InlineData("/amount/value", "49", 422)]
    [InlineData("/amount/value", "2000001", 422)]
    [InlineData("/amount/value", "100.0", 400)]
    [InlineData("/amount/currency", "\"USD\"", 422)]
    [InlineData("/autoCapture", "false", 422)]
    [InlineData("/autoCapture", "\"yes\"", 400)]
    [InlineData("/paymentDescriptor", "5", 400)]
    [InlineData("/merchantPaymentChargeReference", "5", 400)]
    [InlineData("/merchantPaymentChargeReference", "\"aaaaaaaaaaaaaaaaaaaaaaaaaa-20260101-1\"", 422)]
    [InlineData("/initiator", "\"SHOP\"", 422)]
    [InlineData("/scheduleType", "\"RECURRING\"", 422)]
    [InlineData("/order", "[]", 400)]
    [InlineData("/consumer", "5", 400)]
    [InlineData("/authenticationSettings", "5", 400)]
    [InlineData("/labels", "[]", 400)]
    [InlineData("/webhooksUrl", "\"https://elsewhere.example\"", 422)]
    [InlineData("/forPeriod", "\"20260101\"", 400)]
    [InlineData("/surprise", "1", 422)]
    public async Task A_wrong_field_is_named_by_its_pointer(string field, string? value, int status)
    {
        var id = await running.App.ActiveAgreementAsync();
        var request = Storefront.ChargeRequest(500);
        request.Set(field, value);

        var answered = await running.App.PostAsync($"/api/agreements/{id}/payment-charges", request, "a-key");

        Assert.Equal(status, (int)answered.Status);
        Assert.Equal("urn:problem:invalid-fields", (string?)answered.Json["type"]);
        Assert.Contains(field, ((JsonObject)answered.Json["errors"]!).Select(it => it.Key));
        Assert.Empty((await running.App.GetAsync($"/api/agreements/{id}")).Json["charges"]!.AsArray());
        Assert.Empty(await running.App.ChargesAtPproAsync(id));
    }

    [Theory]
    [InlineData("MAX", 9_901, false)]
    [InlineData("MAX", 9_900, true)]
    [InlineData("EXACT", 9_899, false)]
    [InlineData("EXACT", 9_900, true)]
    [InlineData("VARIABLE", 9_901, true)]
    public async Task What_the_consumer_agreed_to_binds_the_amount(string type, long value, bool isAllowed)
    {
        var agreement = Storefront.AgreementRequest();
        agreement["amountType"] = type;
        var id = await running.App.ActiveAgreementAsync(agreement);

        var answered = await running.App.PostAsync(
            $"/api/agreements/{id}/payment-charges",
            Storefront.ChargeRequest(value),
            "a-key"
        );

        Assert.Equal(isAllowed ? HttpStatusCode.Created : HttpStatusCode.UnprocessableEntity, answered.Status);
        Assert.Equal(isAllowed ? 1 : 0, (await running.App.ChargesAtPproAsync(id)).Count);
    }

    [Fact]
    public async Task Before_the_start_nothing_is_charged()
    {
        var request = Storefront.AgreementRequest();
        request["startDate"] = running.App.Now.AddDays(3).ToString("O");
        var id = await running.App.ActiveAgreementAsync(request);

        var answered = await running.App.PostAsync($"/api/agreements/{id}/payment-charges", FoundingPage.Charge);

        Assert.Equal(
            (HttpStatusCode.Conflict, "urn:problem:charge-not-allowed", "ACTIVE"),
            (answered.Status, (string?)answered.Json["type"], (string?)answered.Json["agreementStatus"])
        );
        Assert.Empty(await running.App.ChargesAtPproAsync(id));
    }

    [Fact]
    public async Task A_single_charge_without_a_key_or_a_reference_is_refused()
    {
        var id = await running.App.ActiveAgreementAsync();

        var answered = await running.App.PostAsync(
            $"/api/agreements/{id}/payment-charges",
            Storefront.ChargeRequest(100)
        );

        Assert.Equal(HttpStatusCode.BadRequest, answered.Status);
        Assert.Equal("ACTIVE", (string?)answered.Json["agreementStatus"]);
        Assert.Equal("urn:problem:idempotency-key-required", (string?)answered.Json["type"]);
    }
}
