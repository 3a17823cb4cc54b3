using System.Net;
using System.Text.Json.Nodes;
using TestKit;

namespace EndToEnd.Tests;

/// <summary>A shop finds its agreements again, by their state and by its own id.</summary>
[Collection(EndToEndCollection.Name)]
public sealed class ListingAgreements(RunningApp running)
{
    [Fact]
    public async Task The_newest_come_first_and_each_once()
    {
        await using var app = await running.StartAnotherAsync();
        var older = await CreateAsync(app, "older");
        await app.PostAsync("/api/agreements", Request("newer"), "key-of-the-newer");
        var newer = (await app.PostAsync("/api/agreements", Request("newer"), "key-of-the-newer")).Json;

        var listed = await app.GetAsync("/api/agreements");

        Assert.Equal(HttpStatusCode.OK, listed.Status);
        Assert.Equal([(string?)newer["id"], (string?)older["id"]], Ids(listed.Json));
        Assert.Null(listed.Json["nextPageToken"]);
        Assert.Equal("newer", (string?)listed.Json["agreements"]![0]!["reference"]);
    }

    [Fact]
    public async Task They_are_found_by_status_and_by_reference()
    {
        await using var app = await running.StartAnotherAsync();
        var waiting = await CreateAsync(app, "one");
        var active = await app.ActiveAgreementAsync(Request("one"));
        var other = await app.ActiveAgreementAsync(Request("two"));

        Assert.Equal([other, active], Ids((await app.GetAsync("/api/agreements?status=ACTIVE")).Json));
        Assert.Equal([active, (string?)waiting["id"]], Ids((await app.GetAsync("/api/agreements?reference=one")).Json));
        Assert.Equal([active], Ids((await app.GetAsync("/api/agreements?reference=one&status=ACTIVE")).Json));
        Assert.Empty(Ids((await app.GetAsync("/api/agreements?reference=three")).Json));
        Assert.Empty(Ids((await app.GetAsync("/api/agreements?status=FAILED")).Json));
    }

    [Theory]
    [InlineData("status=active")]
    [InlineData("status=1")]
    [InlineData("status=")]
    [InlineData("reference=")]
    [InlineData("pageToken=")]
    [InlineData("pageToken=next")]
    [InlineData("pageToken=%00")]
    [InlineData("pageToken=MjAzMTEzLw")]
    public async Task A_query_that_means_nothing_is_refused(string query)
    {
        var answered = await running.App.GetAsync($"/api/agreements?{query}");

        Assert.Equal(HttpStatusCode.BadRequest, answered.Status);
        Assert.Equal("urn:problem:bad-query", (string?)answered.Json["type"]);
        Assert.StartsWith(query.Split('=')[0], (string?)answered.Json["detail"], StringComparison.Ordinal);
    }

    private static async Task<JsonNode> CreateAsync(LocalApp app, string reference) =>
        (await app.PostAsync("/api/agreements", Request(reference))).Json;

    private static JsonObject Request(string reference)
    {
        var request = Storefront.AgreementRequest();
        request["reference"] = reference;
        return request;
    }

    private static IEnumerable<string?> Ids(JsonNode list) =>
        list["agreements"]!.AsArray().Select(it => (string?)it!["id"]);
}
