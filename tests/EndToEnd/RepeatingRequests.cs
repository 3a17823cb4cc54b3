using System.Net;

namespace EndToEnd.Tests;

/// <summary>The same key and body have one effect and one answer; the same key with another body has none.</summary>
[Collection(EndToEndCollection.Name)]
public sealed class RepeatingRequests(RunningApp running)
{
    [Fact]
    public async Task Repeating_a_create_answers_the_same_agreement()
    {
        var first = await running.App.PostAsync("/api/agreements", FoundingPage.Agreement, "same-create");
        var second = await running.App.PostAsync("/api/agreements", FoundingPage.Agreement, "same-create");

        Assert.Equal(HttpStatusCode.Created, second.Status);
        Assert.Equal((string?)first.Json["id"], (string?)second.Json["id"]);
        Assert.Single(
            await running.App.BooksAsync("agreements"),
            it => (string?)it!["reference"] == (string?)first.Json["id"]
        );
    }

    [Fact]
    public async Task The_same_create_key_with_another_body_is_refused()
    {
        await running.App.PostAsync("/api/agreements", FoundingPage.Agreement, "other-body");
        var second = await running.App.PostAsync("/api/agreements", Storefront.AgreementRequest(), "other-body");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, second.Status);
        Assert.Equal("urn:problem:idempotency-key-reused", (string?)second.Json["type"]);
    }

    [Fact]
    public async Task Two_creates_at_once_with_one_key_make_one_agreement()
    {
        var both = await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(_ => running.App.PostAsync("/api/agreements", FoundingPage.Agreement, "at-once"))
        );

        var id = Assert.Single(both.Select(it => (string?)(it.Json["id"] ?? it.Json["agreementId"])).Distinct());
        Assert.Contains(both, it => it.Status is HttpStatusCode.Created);
        Assert.Single(await running.App.BooksAsync("agreements"), it => (string?)it!["reference"] == id);
    }

    [Theory]
    [InlineData("by-key", null)]
    [InlineData(null, "BY-REFERENCE")]
    public async Task Repeating_a_single_charge_charges_once(string? key, string? reference)
    {
        var id = await running.App.ActiveAgreementAsync();
        var request = Storefront.ChargeRequest(300, reference);

        var first = await running.App.PostAsync($"/api/agreements/{id}/payment-charges", request, key);
        var second = await running.App.PostAsync($"/api/agreements/{id}/payment-charges", request, key);

        Assert.Equal((string?)first.Json["id"], (string?)second.Json["id"]);
        Assert.Single(await running.App.ChargesAtPproAsync(id));
    }

    [Fact]
    public async Task Many_single_charges_at_once_with_one_key_charge_once()
    {
        var id = await running.App.ActiveAgreementAsync();

        await Task.WhenAll(
            Enumerable
                .Range(0, 6)
                .Select(_ =>
                    running.App.PostAsync(
                        $"/api/agreements/{id}/payment-charges",
                        Storefront.ChargeRequest(300),
                        "at-once"
                    )
                )
        );

        Assert.Single(await running.App.ChargesAtPproAsync(id));
    }

    [Fact]
    public async Task A_charge_key_with_another_body_is_refused_and_charges_nothing()
    {
        var id = await running.App.ActiveAgreementAsync();
        await running.App.PostAsync($"/api/agreements/{id}/payment-charges", Storefront.ChargeRequest(300), "reused");

        var second = await running.App.PostAsync(
            $"/api/agreements/{id}/payment-charges",
            Storefront.ChargeRequest(301),
            "reused"
        );

        Assert.Equal(HttpStatusCode.UnprocessableEntity, second.Status);
        Assert.Single(await running.App.ChargesAtPproAsync(id));
    }

    [Fact]
    public async Task A_reference_names_one_charge_of_an_agreement()
    {
        var id = await running.App.ActiveAgreementAsync();
        await running.App.PostAsync(
            $"/api/agreements/{id}/payment-charges",
            Storefront.ChargeRequest(300, "TWICE"),
            "one"
        );

        var second = await running.App.PostAsync(
            $"/api/agreements/{id}/payment-charges",
            Storefront.ChargeRequest(300, "TWICE"),
            "two"
        );

        Assert.Equal(HttpStatusCode.Conflict, second.Status);
        Assert.Equal("urn:problem:reference-taken", (string?)second.Json["type"]);
        Assert.Single(await running.App.ChargesAtPproAsync(id));
    }

    [Fact]
    public async Task Two_agreements_may_use_the_same_reference_and_each_hears_of_its_own_charge()
    {
        var first = await running.App.ActiveAgreementAsync(
            System.Text.Json.Nodes.JsonNode.Parse(FoundingPage.Agreement)
        );
        var second = await running.App.ActiveAgreementAsync(
            System.Text.Json.Nodes.JsonNode.Parse(FoundingPage.Agreement)
        );

        foreach (var id in (string[])[first, second])
        {
            var seen = await running.App.SeeAsync(id, it => (string?)it["charges"]![0]!["state"] is "CAPTURED");
            var atPpro = Assert.Single(await running.App.ChargesAtPproAsync(id));
            Assert.Equal((string?)atPpro["id"], (string?)seen["charges"]![0]!["paymentChargeId"]);
        }
    }
}
