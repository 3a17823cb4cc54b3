using System.Net;
using System.Text.Json.Nodes;

namespace EndToEnd.Tests;

/// <summary>From a request to money: create, approve, be told, charge (docs/ppro.md, The founding page).</summary>
[Collection(EndToEndCollection.Name)]
public sealed class TheMainJob(RunningApp running)
{
    [Fact]
    public async Task The_founding_pages_request_answers_201_with_its_response_fields()
    {
        var created = await running.App.PostAsync("/api/agreements", FoundingPage.Agreement);

        Assert.Equal(HttpStatusCode.Created, created.Status);
        Assert.Equal($"/api/agreements/{created.Json["id"]}", created.Location?.OriginalString);
        Assert.Equal("AUTHENTICATION_PENDING", (string?)created.Json["status"]);
        var fields = ((JsonObject)created.Json).Select(it => it.Key).Take(FoundingPage.ResponseFields.Count);
        Assert.Equal(FoundingPage.ResponseFields, fields);
        Assert.Equal("AUTHENTICATION_PENDING", (string?)created.Json["history"]![0]!["status"]);
        Assert.StartsWith("http", (string?)created.Json["authenticationMethods"]![0]!["details"]!["requestUrl"]);
    }

    [Fact]
    public async Task Opening_the_request_url_shows_the_approval_page_in_both_languages()
    {
        var created = await running.App.PostAsync("/api/agreements", FoundingPage.Agreement);
        var url = (string)created.Json["authenticationMethods"]![0]!["details"]!["requestUrl"]!;
        using var browser = new HttpClient();

        var korean = await browser.GetStringAsync($"{url}&lang=ko");
        var english = await browser.GetStringAsync($"{url}&lang=en");

        Assert.Contains("<html lang=\"ko\">", korean, StringComparison.Ordinal);
        Assert.Contains("동의하고 등록하기", korean, StringComparison.Ordinal);
        Assert.Contains("<html lang=\"en\">", english, StringComparison.Ordinal);
        Assert.Contains("Agree and set up", english, StringComparison.Ordinal);
        Assert.All([korean, english], page => Assert.Contains("₩101", page, StringComparison.Ordinal));
        Assert.DoesNotContain("<script", korean + english, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Approving_sends_the_browser_back_and_the_first_charge_is_captured()
    {
        var created = await running.App.PostAsync("/api/agreements", FoundingPage.Agreement);

        var returnedTo = await running.App.DecideAsync(created.Json, "approve");
        var agreement = await running.App.SeeAsync(
            (string)created.Json["id"]!,
            it => (string?)it["status"] is "ACTIVE" && (string?)it["charges"]![0]!["status"] is "CAPTURED"
        );

        Assert.Equal("https://ppro.com/", returnedTo?.ToString());
        Assert.Equal(101, (long)agreement["capturedAmount"]!);
        Assert.Equal("ABC987654321", (string?)agreement["charges"]![0]!["merchantPaymentChargeReference"]);
        Assert.Equal("ACTIVE", (string?)agreement["history"]!.AsArray()[^1]!["status"]);
    }

    [Fact]
    public async Task The_founding_pages_second_body_charges_102_won()
    {
        var id = await running.App.ActiveAgreementAsync(JsonNode.Parse(FoundingPage.Agreement));

        var charged = await running.App.PostAsync($"/api/agreements/{id}/payment-charges", FoundingPage.Charge);

        Assert.Equal(HttpStatusCode.Created, charged.Status);
        Assert.Equal("CAPTURED", (string?)charged.Json["status"]);
        Assert.Equal(102, (long)charged.Json["capturedAmount"]!);
        var atPpro = await running.App.ChargesAtPproAsync(id);
        Assert.Equal([101, 102], atPpro.Select(it => (long)it["amount"]!).Order());
    }

    [Fact]
    public async Task The_first_charge_of_an_agreement_without_an_initial_one_is_made_the_same_way()
    {
        var id = await running.App.ActiveAgreementAsync();

        var charged = await running.App.PostAsync($"/api/agreements/{id}/payment-charges", FoundingPage.Charge);
        var one = await running.App.GetAsync(charged.Location!.OriginalString);
        var list = await running.App.GetAsync($"/api/agreements/{id}/payment-charges");

        Assert.Equal("CAPTURED", (string?)one.Json["status"]);
        Assert.Single(list.Json["charges"]!.AsArray());
    }

    [Fact]
    public async Task A_cancelled_approval_fails_the_agreement_and_charges_nothing()
    {
        var created = await running.App.PostAsync("/api/agreements", FoundingPage.Agreement);
        var id = (string)created.Json["id"]!;

        await running.App.DecideAsync(created.Json, "cancel");
        var agreement = await running.App.SeeAsync(id, it => (string?)it["status"] is "FAILED");

        Assert.Equal("CANCELED_BY_CONSUMER", (string?)agreement["failure"]!["failureCode"]);
        Assert.Equal("NOT_EXECUTED", (string?)agreement["charges"]![0]!["state"]);
        Assert.Empty(await running.App.ChargesAtPproAsync(id));
    }

    [Fact]
    public async Task A_charge_on_an_agreement_that_is_not_active_is_refused_and_PPRO_is_not_asked()
    {
        var created = await running.App.PostAsync("/api/agreements", Storefront.AgreementRequest());
        var id = (string)created.Json["id"]!;

        var charged = await running.App.PostAsync($"/api/agreements/{id}/payment-charges", FoundingPage.Charge);

        Assert.Equal(HttpStatusCode.Conflict, charged.Status);
        Assert.Equal("urn:problem:charge-not-allowed", (string?)charged.Json["type"]);
        Assert.Equal("AUTHENTICATION_PENDING", (string?)charged.Json["agreementStatus"]);
        Assert.Empty(await running.App.ChargesAtPproAsync(id));
    }
}
