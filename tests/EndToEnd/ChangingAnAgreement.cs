using System.Net;
using System.Text.Json.Nodes;

namespace EndToEnd.Tests;

/// <summary>Pause, resume, cancel and change over HTTP, with the months passing.</summary>
[Collection(EndToEndCollection.Name)]
public sealed class ChangingAnAgreement(RunningApp running)
{
    [Fact]
    public async Task A_cancelled_agreement_is_revoked_at_PPRO_and_never_charged_again()
    {
        await using var app = await running.StartAnotherAsync();
        var id = await app.ActiveAgreementAsync(ChargingBySchedule.Monthly());
        await app.AdvanceAsync(TimeSpan.FromDays(1));

        var cancelled = await app.PostAsync(
            $"/api/agreements/{id}/cancel",
            new JsonObject { ["reason"] = "moved away" }
        );
        await app.AdvanceAsync(TimeSpan.FromDays(70));

        Assert.Equal(HttpStatusCode.OK, cancelled.Status);
        Assert.Equal("ENDED", (string?)cancelled.Json["billingState"]);
        var agreement = (await app.GetAsync($"/api/agreements/{id}")).Json;
        Assert.Equal("REVOKED_BY_MERCHANT", (string?)agreement["status"]);
        Assert.Equal(
            ("STOREFRONT", "moved away"),
            ((string?)agreement["ending"]!["by"], (string?)agreement["ending"]!["reason"])
        );
        Assert.Single(await app.ChargesAtPproAsync(id));
    }

    [Fact]
    public async Task A_revocation_whose_answer_is_lost_is_asked_again_until_it_has_ended()
    {
        await using var app = await running.StartAnotherAsync();
        var id = await app.ActiveAgreementAsync();
        await app.PlayAsync("webhooks", new { mode = "drop" });
        await app.PlayAsync(
            "faults",
            new
            {
                operation = "revoke",
                kind = "504",
                count = 2,
            }
        );

        await app.PostAsync($"/api/agreements/{id}/cancel", new JsonObject());
        await app.AdvanceAsync(TimeSpan.FromHours(1));

        Assert.Equal("REVOKED_BY_MERCHANT", (string?)(await app.GetAsync($"/api/agreements/{id}")).Json["status"]);
        var revocations = (await app.BooksAsync("requests")).Count(it =>
            ((string)it!["path"]!).EndsWith("revocations", StringComparison.Ordinal)
        );
        Assert.Equal(3, revocations);
    }

    [Fact]
    public async Task Cancelled_at_period_end_it_runs_to_that_day_and_ends_there()
    {
        await using var app = await running.StartAnotherAsync();
        var id = await app.ActiveAgreementAsync(ChargingBySchedule.Monthly());
        await app.AdvanceAsync(TimeSpan.FromDays(1));

        var asked = await app.PostAsync($"/api/agreements/{id}/cancel", new JsonObject { ["when"] = "PERIOD_END" });
        await app.AdvanceAsync(TimeSpan.FromDays(20));
        var before = (await app.GetAsync($"/api/agreements/{id}")).Json;
        await app.AdvanceAsync(TimeSpan.FromDays(15));

        Assert.NotNull(asked.Json["cancelOn"]);
        Assert.Equal("ACTIVE", (string?)before["status"]);
        Assert.Equal("REVOKED_BY_MERCHANT", (string?)(await app.GetAsync($"/api/agreements/{id}")).Json["status"]);
        Assert.Single(await app.ChargesAtPproAsync(id));
    }

    [Fact]
    public async Task A_cancel_that_is_taken_back_leaves_the_schedule_as_it_was_and_one_that_happens_keeps_its_reason()
    {
        await using var app = await running.StartAnotherAsync();
        var id = await app.ActiveAgreementAsync(ChargingBySchedule.Monthly());
        await app.AdvanceAsync(TimeSpan.FromDays(1));
        var moving = new JsonObject { ["when"] = "PERIOD_END", ["reason"] = "moving away" };

        var asked = (await app.PostAsync($"/api/agreements/{id}/cancel", moving.DeepClone())).Json;
        var back = await app.PostAsync($"/api/agreements/{id}/uncancel", new JsonObject());
        await app.AdvanceAsync(TimeSpan.FromDays(40));
        await app.PostAsync($"/api/agreements/{id}/cancel", moving);
        await app.AdvanceAsync(TimeSpan.FromDays(40));

        Assert.Equal("moving away", (string?)asked["cancelReason"]);
        Assert.Equal((HttpStatusCode.OK, null), (back.Status, (string?)back.Json["cancelOn"]));
        Assert.NotNull(back.Json["nextCharge"]);
        Assert.Equal(2, (await app.ChargesAtPproAsync(id)).Count);
        var ended = (await app.GetAsync($"/api/agreements/{id}")).Json;
        Assert.Equal(
            ("STOREFRONT", "moving away", "REVOKED_BY_MERCHANT"),
            ((string?)ended["endedBy"], (string?)ended["ending"]!["reason"], (string?)ended["status"])
        );
    }

    [Fact]
    public async Task A_plan_is_completed_with_its_last_payment_and_revoked_when_what_was_paid_for_is_over()
    {
        await using var app = await running.StartAnotherAsync();
        var id = await app.ActiveAgreementAsync(ChargingBySchedule.Monthly());
        await app.AdvanceAsync(TimeSpan.FromDays(1));

        var patched = await app.PatchAsync($"/api/agreements/{id}", JsonNode.Parse("""{"maxCharges":2}""")!);
        await app.AdvanceAsync(TimeSpan.FromDays(35));
        var completed = (await app.GetAsync($"/api/agreements/{id}")).Json;
        await app.AdvanceAsync(TimeSpan.FromDays(30));
        var over = (await app.GetAsync($"/api/agreements/{id}")).Json;

        Assert.Equal((HttpStatusCode.OK, 2), (patched.Status, (int)patched.Json["maxCharges"]!));
        Assert.Equal(
            ("ACTIVE", "COMPLETED", null),
            ((string?)completed["status"], (string?)completed["billingState"], completed["nextCharge"])
        );
        Assert.Equal(
            ("REVOKED_BY_MERCHANT", "PLAN_COMPLETED", "ENDED"),
            ((string?)over["status"], (string?)over["endedBy"], (string?)over["billingState"])
        );
        Assert.Equal(2, (await app.ChargesAtPproAsync(id)).Count);
    }

    [Fact]
    public async Task A_paused_month_is_skipped_and_the_resumed_schedule_keeps_its_day()
    {
        await using var app = await running.StartAnotherAsync();
        var id = await app.ActiveAgreementAsync(ChargingBySchedule.Monthly());
        await app.AdvanceAsync(TimeSpan.FromDays(1));

        var paused = await app.PostAsync($"/api/agreements/{id}/pause", new JsonObject());
        await app.AdvanceAsync(TimeSpan.FromDays(40));
        await app.PostAsync($"/api/agreements/{id}/resume", new JsonObject());
        await app.AdvanceAsync(TimeSpan.FromDays(30));

        Assert.Equal("PAUSED", (string?)paused.Json["billingState"]);
        var agreement = (await app.GetAsync($"/api/agreements/{id}")).Json;
        Assert.Equal("paused", (string?)agreement["skippedPeriods"]!.AsArray().Single()!["reason"]);
        Assert.Equal(2, (await app.ChargesAtPproAsync(id)).Count);
        Assert.Single(
            agreement["charges"]!.AsArray().Select(it => DateOnly.Parse((string)it!["period"]!).Day).Distinct()
        );
    }

    [Fact]
    public async Task A_new_price_is_charged_from_the_next_period_on()
    {
        await using var app = await running.StartAnotherAsync();
        var id = await app.ActiveAgreementAsync(ChargingBySchedule.Monthly());
        await app.AdvanceAsync(TimeSpan.FromDays(1));

        var changed = await app.PatchAsync($"/api/agreements/{id}", Storefront.ChargeRequest(12_000));
        await app.AdvanceAsync(TimeSpan.FromDays(31));

        Assert.Equal(12_000, (long)changed.Json["price"]!["value"]!);
        Assert.Equal([9_900, 12_000], (await app.ChargesAtPproAsync(id)).Select(it => (long)it["amount"]!));
    }

    [Fact]
    public async Task The_consumer_may_end_it_at_any_moment_and_nothing_is_charged_after()
    {
        await using var app = await running.StartAnotherAsync();
        var id = await app.ActiveAgreementAsync(ChargingBySchedule.Monthly());
        await app.AdvanceAsync(TimeSpan.FromDays(1));
        var pproId = (string)(await app.GetAsync($"/api/agreements/{id}")).Json["paymentAgreementId"]!;

        using var ended = await app.Ppro.PostAsync($"/__sim/agreements/{pproId}/revoke-by-consumer", null);
        await app.AdvanceAsync(TimeSpan.FromDays(40));

        Assert.Equal("REVOKED_BY_CONSUMER", (string?)(await app.GetAsync($"/api/agreements/{id}")).Json["status"]);
        Assert.Single(await app.ChargesAtPproAsync(id));
    }

    [Fact]
    public async Task An_approval_that_never_comes_is_closed_and_a_late_one_is_revoked()
    {
        await using var app = await running.StartAnotherAsync(("PproSimulator__ApprovalTimeout", "02:00:00"));
        var created = await app.PostAsync("/api/agreements", ChargingBySchedule.Monthly());
        var id = (string)created.Json["id"]!;
        await app.AdvanceAsync(TimeSpan.FromMinutes(70));
        var closed = (await app.GetAsync($"/api/agreements/{id}")).Json;

        await app.DecideAsync(created.Json, "approve");
        await app.AdvanceAsync(TimeSpan.FromDays(1));

        Assert.Equal("APPROVAL_EXPIRED", (string?)closed["ending"]!["by"]);
        Assert.Equal("REVOKED_BY_MERCHANT", (string?)(await app.GetAsync($"/api/agreements/{id}")).Json["status"]);
        Assert.Empty(await app.ChargesAtPproAsync(id));
    }

    [Fact]
    public async Task A_charge_in_flight_when_the_shop_cancels_is_reported()
    {
        await using var app = await running.StartAnotherAsync();
        var id = await app.ActiveAgreementAsync();
        await app.PlayAsync("webhooks", new { mode = "drop" });
        await app.PlayAsync("faults", new { operation = "charge", kind = "lostResponse" });

        var charge = await app.PostAsync(
            $"/api/agreements/{id}/payment-charges",
            Storefront.ChargeRequest(500, "FLYING")
        );
        await app.PostAsync($"/api/agreements/{id}/cancel", new JsonObject());
        await app.AdvanceAsync(TimeSpan.FromHours(1));

        Assert.Equal((HttpStatusCode.Accepted, "IN_DOUBT"), (charge.Status, (string?)charge.Json["state"]));
        var agreement = (await app.GetAsync($"/api/agreements/{id}")).Json;
        Assert.Equal("REVOKED_BY_MERCHANT", (string?)agreement["status"]);
        Assert.Equal("CAPTURED", (string?)agreement["charges"]![0]!["state"]);
        Assert.Single(await app.ChargesAtPproAsync(id));
    }

    [Fact]
    public async Task A_first_charge_that_a_late_approval_captured_is_refunded_in_full()
    {
        await using var app = await running.StartAnotherAsync(("PproSimulator__ApprovalTimeout", "02:00:00"));
        var created = await app.PostAsync("/api/agreements", FoundingPage.Agreement);
        await app.AdvanceAsync(TimeSpan.FromMinutes(70));

        await app.DecideAsync(created.Json, "approve");
        await app.AdvanceAsync(TimeSpan.FromHours(2));

        var agreement = (await app.GetAsync($"/api/agreements/{created.Json["id"]}")).Json;
        Assert.Equal("REVOKED_BY_MERCHANT", (string?)agreement["status"]);
        Assert.Equal((101, 101), ((long)agreement["capturedAmount"]!, (long)agreement["refundedAmount"]!));
        Assert.Null(agreement["exception"]);
        var refund = Assert.Single(await app.BooksAsync("refunds"))!;
        Assert.Equal(("REFUNDED", 101), ((string?)refund["status"], (long)refund["amount"]!));
    }

    [Fact]
    public async Task A_first_charge_that_a_late_approval_captured_and_that_cannot_be_refunded_is_an_exception()
    {
        await using var app = await running.StartAnotherAsync(("PproSimulator__ApprovalTimeout", "02:00:00"));
        var created = await app.PostAsync("/api/agreements", FoundingPage.Agreement);
        await app.AdvanceAsync(TimeSpan.FromMinutes(70));
        await app.PlayAsync("decline", new { operation = "refund", failureCode = "REFUND_NOT_SUPPORTED" });

        await app.DecideAsync(created.Json, "approve");
        await app.AdvanceAsync(TimeSpan.FromHours(2));

        var agreement = (await app.GetAsync($"/api/agreements/{created.Json["id"]}")).Json;
        Assert.Contains("could not be refunded", (string?)agreement["exception"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pause")]
    [InlineData("resume")]
    [InlineData("cancel")]
    public async Task An_ended_agreement_answers_409_with_its_state(string operation)
    {
        var id = await running.App.ActiveAgreementAsync(ChargingBySchedule.Monthly());
        await running.App.PostAsync($"/api/agreements/{id}/cancel", new JsonObject());

        var again = await running.App.PostAsync($"/api/agreements/{id}/{operation}", new JsonObject());

        Assert.Equal(HttpStatusCode.Conflict, again.Status);
        Assert.Equal(
            ("urn:problem:nothing-to-change", "ENDED"),
            ((string?)again.Json["type"], (string?)again.Json["billingState"])
        );
    }

    [Fact]
    public async Task The_same_key_has_one_effect_and_one_answer()
    {
        var id = await running.App.ActiveAgreementAsync(ChargingBySchedule.Monthly());

        var first = await running.App.PostAsync($"/api/agreements/{id}/pause", new JsonObject(), "pause-once");
        var second = await running.App.PostAsync($"/api/agreements/{id}/pause", new JsonObject(), "pause-once");
        var cancelled = await running.App.PostAsync($"/api/agreements/{id}/cancel", new JsonObject(), "cancel-once");
        var other = await running.App.PostAsync(
            $"/api/agreements/{id}/cancel",
            new JsonObject { ["reason"] = "x" },
            "cancel-once"
        );

        Assert.Equal(
            [HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK],
            [first.Status, second.Status, cancelled.Status]
        );
        Assert.Equal("urn:problem:idempotency-key-reused", (string?)other.Json["type"]);
    }
}
