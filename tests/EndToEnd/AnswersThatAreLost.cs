using System.Net;

namespace EndToEnd.Tests;

/// <summary>PPRO executed, and we did not hear; or did not execute, and we cannot know.</summary>
[Collection(PassingTimeCollection.Name)]
public sealed class AnswersThatAreLost(RunningApp running)
{
    [Theory]
    [InlineData("lostResponse")]
    [InlineData("500AfterEffect")]
    [InlineData("500")]
    [InlineData("504")]
    [InlineData("reset")]
    [InlineData("409")]
    [InlineData("429")]
    public async Task A_scheduled_charge_is_captured_exactly_once_whatever_its_first_send_meets(string fault)
    {
        await using var app = await running.StartAnotherAsync();
        var id = await app.ActiveAgreementAsync(ChargingBySchedule.Monthly());
        await app.PlayAsync("webhooks", new { mode = "drop" });
        await app.PlayAsync("faults", new { operation = "charge", kind = fault });

        await app.AdvanceAsync(TimeSpan.FromHours(1));

        var charge = (await app.GetAsync($"/api/agreements/{id}")).Json["charges"]!.AsArray().Single()!;
        Assert.Equal("CAPTURED", (string?)charge["state"]);
        Assert.Single(await app.ChargesAtPproAsync(id), it => (bool)it["isCaptured"]!);
    }

    [Fact]
    public async Task A_resend_carries_the_same_key_and_the_same_bytes()
    {
        await using var app = await running.StartAnotherAsync();
        await app.ActiveAgreementAsync(ChargingBySchedule.Monthly());
        await app.PlayAsync("faults", new { operation = "charge", kind = "504" });

        await app.AdvanceAsync(TimeSpan.FromHours(1));

        var sends = (await app.BooksAsync("requests"))
            .Where(it =>
                ((string)it!["path"]!).EndsWith("payment-charges", StringComparison.Ordinal)
                && (string?)it["method"] is "POST"
            )
            .Select(it => ((string?)it!["idempotencyKey"], (string?)it["bodySha256"]))
            .ToList();
        Assert.Equal(2, sends.Count);
        Assert.Equal(sends[0], sends[1]);
    }

    [Fact]
    public async Task A_single_charge_in_doubt_answers_202_and_is_found_again()
    {
        await using var app = await running.StartAnotherAsync();
        var id = await app.ActiveAgreementAsync();
        await app.PlayAsync("webhooks", new { mode = "drop" });
        await app.PlayAsync("faults", new { operation = "charge", kind = "lostResponse" });

        var charged = await app.PostAsync($"/api/agreements/{id}/payment-charges", FoundingPage.Charge);
        await app.AdvanceAsync(TimeSpan.FromMinutes(10));

        Assert.Equal(HttpStatusCode.Accepted, charged.Status);
        Assert.Equal("IN_DOUBT", (string?)charged.Json["state"]);
        var later = await app.GetAsync(charged.Location!.OriginalString);
        Assert.Equal("CAPTURED", (string?)later.Json["state"]);
        Assert.Single(await app.ChargesAtPproAsync(id));
    }

    [Fact]
    public async Task A_create_that_failed_halfway_is_finished_by_repeating_it_with_the_same_key()
    {
        await using var app = await running.StartAnotherAsync();
        await app.PlayAsync("faults", new { operation = "createAgreement", kind = "lostResponse" });

        var first = await app.PostAsync("/api/agreements", FoundingPage.Agreement, "halfway");
        var second = await app.PostAsync("/api/agreements", FoundingPage.Agreement, "halfway");

        Assert.Equal(HttpStatusCode.BadGateway, first.Status);
        Assert.Equal("urn:problem:provider-unavailable", (string?)first.Json["type"]);
        Assert.Equal(HttpStatusCode.Created, second.Status);
        Assert.Equal((string?)first.Json["agreementId"], (string?)second.Json["id"]);
        Assert.Single(await app.BooksAsync("agreements"));
    }

    [Fact]
    public async Task Events_that_come_before_our_own_creates_answer_are_applied()
    {
        await using var app = await running.StartAnotherAsync();
        await app.PlayAsync(
            "faults",
            new
            {
                operation = "createAgreement",
                kind = "lostResponse",
                count = 1,
            }
        );

        var created = await app.PostAsync("/api/agreements", FoundingPage.Agreement);

        Assert.True((int)created.Status >= 500, created.Text);
        var listed = (await app.GetAsync("/api/agreements")).Json["agreements"]![0]!;
        var seen = await app.SeeAsync((string)listed["id"]!, it => it["authenticationMethods"] is not null);
        Assert.Equal("AUTHENTICATION_PENDING", (string?)seen["status"]);
        await app.DecideAsync(seen, "approve");
        await app.SeeAsync((string)listed["id"]!, it => (long?)it["capturedAmount"] is 101);
    }

    [Fact]
    public async Task PPRO_down_at_create_says_so_and_leaves_nothing_half_done()
    {
        await using var app = await running.StartAnotherAsync();
        await app.StopPproAsync();

        var created = await app.PostAsync("/api/agreements", FoundingPage.Agreement, "down");
        var seen = await app.GetAsync($"/api/agreements/{created.Json["agreementId"]}");

        Assert.Equal(HttpStatusCode.BadGateway, created.Status);
        Assert.Equal("application/problem+json", created.ContentType);
        Assert.NotNull(created.RetryAfter);
        Assert.Equal("INITIALIZING", (string?)seen.Json["status"]);
        Assert.Equal("WAITING", (string?)seen.Json["charges"]![0]!["state"]);
    }
}
