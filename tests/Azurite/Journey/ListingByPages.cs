using System.Text;
using System.Text.Json.Nodes;
using Billing;
using Flows.Shop;
using Storage;
using TestKit;

namespace Azurite.Tests.JourneyTests;

/// <summary>However many agreements there are, and whenever they were made, the pages together show each once.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class ListingByPages(AzuriteFixture azurite)
{
    [Fact]
    public async Task The_pages_show_every_agreement_once_the_newest_first_over_empty_months_too()
    {
        using var world = await World.OpenAsync(azurite);
        var oldest = await CreateAsync(world, 60);
        world.Clock.AdvanceTo(world.Clock.GetUtcNow().AddDays(100));
        var middle = await CreateAsync(world, 3);
        world.Clock.AdvanceTo(world.Clock.GetUtcNow().AddDays(31));
        var newest = await CreateAsync(world, 51);

        var pages = await PagesAsync(world);

        Assert.Equal([.. newest.Reverse(), .. middle.Reverse(), .. oldest.Reverse()], pages.SelectMany(it => it));
        Assert.Equal([50, 50, 14], pages.Where(it => it.Count > 0).Select(it => it.Count));
    }

    [Fact]
    public async Task Many_of_one_reference_are_shown_by_pages_too()
    {
        using var world = await World.OpenAsync(azurite);
        var (ours, _) = (await CreateAsync(world, 53, "ours"), await CreateAsync(world, 2, "other"));

        var pages = await PagesAsync(world, reference: "ours");

        Assert.Equal([50, 3], pages.Select(it => it.Count));
        Assert.Equal(ours.Reverse(), pages.SelectMany(it => it));
    }

    [Fact]
    public async Task A_status_that_few_have_is_found_among_many()
    {
        using var world = await World.OpenAsync(azurite);
        var active = await CreateAsync(world, 1);
        world.Approve([new Subject(AgreementId.Parse(active[0])) { Key = "unused" }]);
        await world.Host.AdvanceAsync(TimeSpan.FromMinutes(10));
        await CreateAsync(world, 60);

        Assert.Equal([active], await PagesAsync(world, status: "ACTIVE"));
    }

    [Fact]
    public async Task A_create_that_died_before_its_agreement_was_written_is_not_listed_and_its_repeat_is_once()
    {
        using var world = await World.OpenAsync(azurite);
        var name = Shop.NewNames(1).Single();
        var directory = world.Get<AgreementDirectory>();
        await directory.PutAsync(AgreementId.FromKey("never"), null, world.Clock.GetUtcNow(), default);
        await directory.PutAsync(AgreementId.FromKey(name), null, world.Clock.GetUtcNow(), default);
        Assert.Empty(Assert.Single(await PagesAsync(world)));

        world.Clock.AdvanceTo(world.Clock.GetUtcNow().AddSeconds(1));
        await world.Get<CreateAgreement>().RunAsync(Shop.AgreementBody(), name, default);

        Assert.Equal([AgreementId.FromKey(name).Value], Assert.Single(await PagesAsync(world)));
    }

    /// <summary>The ids of each page, following its token to the end.</summary>
    private static async Task<List<List<string>>> PagesAsync(
        World world,
        string? status = null,
        string? reference = null
    )
    {
        List<List<string>> pages = [];
        string? token = null;
        do
        {
            var reply = await world.Get<ListAgreements>().RunAsync(status, reference, token, default);
            var page = JsonNode.Parse(reply.Body.Span)!;
            pages.Add([.. page["agreements"]!.AsArray().Select(it => (string)it!["id"]!)]);
            token = (string?)page["nextPageToken"];
        } while (token is not null);
        return pages;
    }

    /// <summary>One each second, in this order.</summary>
    private static async Task<IReadOnlyList<string>> CreateAsync(World world, int count, string? reference = null)
    {
        var body = JsonNode.Parse(Shop.AgreementBody())!;
        body["reference"] = reference ?? "order";
        var names = Shop.NewNames(count);
        foreach (var name in names)
        {
            world.Clock.AdvanceTo(world.Clock.GetUtcNow().AddSeconds(1));
            var bytes = Encoding.UTF8.GetBytes(body.ToJsonString());
            Assert.Equal(201, (await world.Get<CreateAgreement>().RunAsync(bytes, name, default)).Status);
        }

        return [.. names.Select(it => AgreementId.FromKey(it).Value)];
    }
}
