using System.Diagnostics;
using System.Net;
using TestKit;

namespace EndToEnd.Tests;

/// <summary>The shop's return page asks with <c>waitSeconds</c>.</summary>
[Collection(EndToEndCollection.Name)]
public sealed class WaitingForApproval(RunningApp running)
{
    [Fact]
    public async Task A_caller_that_hangs_up_is_no_error_in_the_log()
    {
        await using var app = await running.StartAnotherAsync();
        var created = await app.PostAsync("/api/agreements", Storefront.AgreementRequest());
        using var hangingUp = new CancellationTokenSource();
        var waiting = app.Http.GetAsync($"/api/agreements/{created.Json["id"]}?waitSeconds=25", hangingUp.Token);
        await Eventually.TrueAsync(
            async () => (await app.BooksAsync("requests")).Any(it => (string?)it!["method"] is "GET"),
            "the waiting one has asked PPRO"
        );

        await hangingUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        var later = (string)(await app.PostAsync("/api/agreements", Storefront.AgreementRequest())).Json["id"]!;
        await Eventually.TrueAsync(() => Task.FromResult(app.Output.Contains(later)), "something was logged later");

        Assert.DoesNotContain("fail:", app.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_answers_as_soon_as_the_status_leaves_AUTHENTICATION_PENDING()
    {
        var created = await running.App.PostAsync("/api/agreements", Storefront.AgreementRequest());
        var start = Stopwatch.GetTimestamp();

        var waiting = running.App.GetAsync($"/api/agreements/{created.Json["id"]}?waitSeconds=25");
        await running.App.DecideAsync(created.Json, "approve");
        var answered = await waiting;

        Assert.Equal("ACTIVE", (string?)answered.Json["status"]);
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(20), "it waited to the end");
    }

    [Fact]
    public async Task It_reads_PPRO_on_arrival_so_that_a_late_webhook_does_not_matter()
    {
        await using var app = await running.StartAnotherAsync();
        await app.PlayAsync("webhooks", new { mode = "drop" });
        var created = await app.PostAsync("/api/agreements", Storefront.AgreementRequest());
        await app.DecideAsync(created.Json, "approve");

        await app.AdvanceAsync(TimeSpan.FromSeconds(6));
        var answered = await app.GetAsync($"/api/agreements/{created.Json["id"]}?waitSeconds=1");

        Assert.Equal("ACTIVE", (string?)answered.Json["status"]);
    }

    [Fact]
    public async Task It_tells_of_the_first_charge_too_while_every_webhook_is_late()
    {
        await using var app = await running.StartAnotherAsync();
        await app.PlayAsync("webhooks", new { mode = "drop" });
        var created = await app.PostAsync("/api/agreements", FoundingPage.Agreement);
        await app.DecideAsync(created.Json, "approve");

        await app.AdvanceAsync(TimeSpan.FromSeconds(6));
        var answered = await app.GetAsync($"/api/agreements/{created.Json["id"]}?waitSeconds=1");

        Assert.Equal("ACTIVE", (string?)answered.Json["status"]);
        Assert.Equal("CAPTURED", (string?)answered.Json["charges"]![0]!["status"]);
        Assert.Single(await app.ChargesAtPproAsync((string)created.Json["id"]!));
    }

    [Fact]
    public async Task It_reads_PPRO_at_most_every_five_seconds()
    {
        await using var app = await running.StartAnotherAsync();
        var created = await app.PostAsync("/api/agreements", Storefront.AgreementRequest());
        await app.AdvanceAsync(TimeSpan.FromSeconds(6));

        await app.GetAsync($"/api/agreements/{created.Json["id"]}?waitSeconds=1");
        await app.GetAsync($"/api/agreements/{created.Json["id"]}?waitSeconds=1");

        var reads = (await app.BooksAsync("requests")).Count(it => (string?)it!["method"] is "GET");
        Assert.Equal(1, reads);
    }

    [Theory]
    [InlineData("61")]
    [InlineData("-1")]
    [InlineData("soon")]
    public async Task A_wait_that_is_no_number_up_to_60_is_refused(string wait)
    {
        var answered = await running.App.GetAsync($"/api/agreements/{new string('a', 26)}?waitSeconds={wait}");

        Assert.Equal(HttpStatusCode.BadRequest, answered.Status);
    }
}
