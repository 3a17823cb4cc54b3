using System.Text.Json.Nodes;
using Flows;
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

    private static async Task<JsonNode> ShowAsync(World world, Subject subject) =>
        JsonNode.Parse((await world.Get<GetAgreement>().RunAsync(subject.Id.Value, null, default)).Body.Span)!;
}
