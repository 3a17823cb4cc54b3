using System.Text.Json.Nodes;
using TestKit;

namespace EndToEnd.Tests;

/// <summary>Agreements with a frequency are charged by themselves, each period once.</summary>
[Collection(PassingTimeCollection.Name)]
public sealed class ChargingBySchedule(RunningApp running)
{
    [Fact]
    public async Task A_monthly_agreement_is_charged_once_for_each_month_that_passes()
    {
        await using var app = await running.StartAnotherAsync();
        var id = await app.ActiveAgreementAsync(Monthly());

        await app.AdvanceAsync(TimeSpan.FromDays(95));

        var agreement = (await app.GetAsync($"/api/agreements/{id}")).Json;
        var periods = agreement["charges"]!.AsArray().Select(it => (string)it!["period"]!).ToList();
        Assert.True(periods.Count is 4, $"{agreement}\n{app.Output}");
        Assert.Equal(periods.Distinct(), periods);
        Assert.Equal(4 * 9900, (long)agreement["capturedAmount"]!);
        var atPpro = await app.ChargesAtPproAsync(id);
        Assert.Equal(4, atPpro.Count(it => (bool)it["isCaptured"]!));
        Assert.Equal(4, atPpro.Select(it => (string?)it["reference"]).Distinct().Count());
        Assert.All(atPpro, it => Assert.Equal("SCHEDULED", (string?)it["scheduleType"]));
        Assert.Null(agreement["skippedPeriods"]);
    }

    [Fact]
    public async Task With_an_initial_charge_the_schedule_goes_on_after_it()
    {
        await using var app = await running.StartAnotherAsync();
        var request = Monthly();
        request["initialPaymentCharge"] = Storefront.ChargeRequest(101);
        var id = await app.ActiveAgreementAsync(request);

        await app.AdvanceAsync(TimeSpan.FromDays(32));

        var atPpro = await app.ChargesAtPproAsync(id);
        Assert.Equal([101, 9900], atPpro.Select(it => (long)it["amount"]!));
    }

    [Fact]
    public async Task A_soft_decline_is_tried_again_with_a_new_reference_and_then_captured()
    {
        await using var app = await running.StartAnotherAsync();
        await app.PlayAsync(
            "decline",
            new
            {
                failureCode = "INSUFFICIENT_FUNDS",
                isRetryable = true,
                count = 1,
            }
        );
        var id = await app.ActiveAgreementAsync(Monthly());

        await app.AdvanceAsync(TimeSpan.FromDays(3));

        var charges = (await app.GetAsync($"/api/agreements/{id}")).Json["charges"]!.AsArray();
        Assert.Equal(["DECLINED", "CAPTURED"], charges.Select(it => (string?)it!["state"]));
        Assert.Single(charges.Select(it => (string?)it!["period"]).Distinct());
        var atPpro = await app.ChargesAtPproAsync(id);
        Assert.Equal("SCHEDULED_RETRY", (string?)atPpro[^1]["scheduleType"]);
        Assert.Equal(2, atPpro.Select(it => (string?)it["reference"]).Distinct().Count());
    }

    [Fact]
    public async Task A_restart_in_between_charges_nothing_twice_and_forgets_nothing()
    {
        await using var app = await running.StartAnotherAsync();
        var id = await app.ActiveAgreementAsync(Monthly());
        await app.AdvanceAsync(TimeSpan.FromDays(32));

        await app.RestartAsync();
        await app.AdvanceAsync(TimeSpan.FromDays(31));

        Assert.Equal(3, (await app.ChargesAtPproAsync(id)).Count(it => (bool)it["isCaptured"]!));
    }

    [Fact]
    public async Task After_downtime_the_current_period_is_charged_and_older_ones_are_skipped_with_the_reason()
    {
        await using var app = await running.StartAnotherAsync();
        var patient = Monthly();
        patient["catchUp"] = 1;
        var (plain, catching) = (await app.ActiveAgreementAsync(Monthly()), await app.ActiveAgreementAsync(patient));
        await app.AdvanceAsync(TimeSpan.FromDays(1));

        await app.BeDownAsync(TimeSpan.FromDays(95));
        await app.AdvanceAsync(TimeSpan.FromDays(2));

        Assert.Equal(["20310115", "20310415"], await PeriodsAtPproAsync(app, plain));
        Assert.Equal(["20310115", "20310315", "20310415"], await PeriodsAtPproAsync(app, catching));
        var skipped = (await app.GetAsync($"/api/agreements/{plain}")).Json["skippedPeriods"]![0]!;
        Assert.Equal(
            ("2031-02-15", "2031-03-15", "missed"),
            ((string?)skipped["from"], (string?)skipped["through"], (string?)skipped["reason"])
        );
    }

    [Fact]
    public async Task Maximum_charges_and_end_date_are_kept()
    {
        await using var app = await running.StartAnotherAsync();
        var limited = Monthly();
        limited["maxCharges"] = 2;
        var ending = Monthly();
        ending["endDate"] = app.Now.AddDays(40).ToString("O");
        var (first, second) = (await app.ActiveAgreementAsync(limited), await app.ActiveAgreementAsync(ending));

        await app.AdvanceAsync(TimeSpan.FromDays(120));

        Assert.Equal(2, (await app.ChargesAtPproAsync(first)).Count);
        Assert.Equal(2, (await app.ChargesAtPproAsync(second)).Count);
    }

    private static async Task<IEnumerable<string>> PeriodsAtPproAsync(LocalApp app, string id) =>
        (await app.ChargesAtPproAsync(id)).Select(it => ((string)it["reference"]!).Split('-')[1]).Order();

    internal static JsonObject Monthly()
    {
        var request = Storefront.AgreementRequest();
        request["frequency"] = new JsonObject { ["type"] = "MONTHLY" };
        return request;
    }
}
