using System.Text.Json.Nodes;
using Flows.Replies;
using Flows.Shop;
using TestKit;

namespace Azurite.Tests.JourneyTests;

/// <summary>However many charges an agreement has had, the latest of them are shown with it.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class ShowingALongLife(AzuriteFixture azurite)
{
    [Fact]
    public async Task An_agreement_shows_its_latest_charges_and_says_when_there_are_more()
    {
        using var world = await World.OpenAsync(azurite);
        var subject = (await world.ActiveAsync(1)).Single();
        Assert.Null((await ShowAsync(world, subject))["hasMore"]);

        await world.Host.AdvanceAsync(TimeSpan.FromDays(104));

        var latest = world.Books.Charges.Last().Id;
        var shown = await ShowAsync(world, subject);
        Assert.Equal(105, world.Books.Charges.Count);
        Assert.Equal(latest, (string?)shown["charges"]!.AsArray()[^1]!["paymentChargeId"]);
        Assert.True((bool)shown["hasMore"]!);
    }

    [Fact]
    public async Task All_charges_are_listed_by_pages_each_once()
    {
        using var world = await World.OpenAsync(azurite);
        var subject = (await world.ActiveAsync(1)).Single();
        await world.Host.AdvanceAsync(TimeSpan.FromDays(54));

        var pages = await PagesAsync(
            "charges",
            token => world.Get<GetCharges>().ListAsync(subject.Id.Value, token, default)
        );

        Assert.Equal([50, 5], pages.Select(it => it.Count));
        Assert.Equal(world.Books.Charges.Select(it => it.Reference), pages.SelectMany(it => it).Select(Reference));

        static string? Reference(JsonNode charge) => (string?)charge["merchantPaymentChargeReference"];
    }

    [Fact]
    public async Task All_refunds_of_a_charge_are_listed_by_pages_each_once()
    {
        using var world = await World.OpenAsync(azurite);
        var subject = (await world.ActiveAsync(1)).Single();
        var charge = await world.FirstChargeAsync(subject);
        for (var number = 0; number < 52; number++)
        {
            var reply = await world
                .Get<RefundCharge>()
                .RunAsync(subject.Id.Value, charge, """{ "amount": 1 }"""u8.ToArray(), $"refund-{number}", default);
            Assert.Equal(201, reply.Status);
        }

        var pages = await PagesAsync(
            "refunds",
            token => world.Get<GetRefunds>().ListAsync(subject.Id.Value, charge, token, default)
        );

        Assert.Equal([50, 2], pages.Select(it => it.Count));
        Assert.Equal(
            world.Books.Charges.Single().Refunds.Select(it => it.Id).Order(),
            pages.SelectMany(it => it).Select(it => (string?)it["refundId"]).Order()
        );
    }

    private static async Task<List<List<JsonNode>>> PagesAsync(string what, Func<string?, Task<Reply>> readAsync)
    {
        List<List<JsonNode>> pages = [];
        string? token = null;
        do
        {
            var page = JsonNode.Parse((await readAsync(token)).Body.Span)!;
            pages.Add([.. page[what]!.AsArray().Select(it => it!)]);
            token = (string?)page["nextPageToken"];
        } while (token is not null);
        return pages;
    }

    private static async Task<JsonNode> ShowAsync(World world, Subject subject) =>
        JsonNode.Parse((await world.Get<GetAgreement>().RunAsync(subject.Id.Value, null, default)).Body.Span)!;
}
