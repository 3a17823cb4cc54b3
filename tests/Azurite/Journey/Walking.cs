using Billing;
using Flows.Operations;
using Flows.Requests;
using Storage;
using TestKit;

namespace Azurite.Tests.JourneyTests;

/// <summary>
/// The daily walk finds what got lost on the way: batons, traces of creates that died, refunds made elsewhere, money
/// that does not arrive. No webhook arrives in these tests.
/// </summary>
[Collection(AzuriteCollection.Name)]
public sealed class Walking(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_lost_baton_is_picked_up_and_counted_and_the_charge_is_made()
    {
        using var world = await World.OpenAsync(azurite);
        var subject = (await world.ActiveAsync(1)).Single();
        await world.LoseWakeUpsOfAsync(subject.Id);
        await world.Host.AdvanceAsync(TimeSpan.FromDays(1));

        var state = await world.WalkAsync();

        Assert.Equal((1, 1), (state.Counts.Visited, state.Counts.Rearmed));
        await world.Host.AdvanceAsync(TimeSpan.FromHours(2));
        var accounts = await Accounts.ReadAsync(world, subject.Id);
        accounts.VerifyMoney();
        accounts.VerifyEveryPeriodIsCharged();
        await world.Host.AdvanceAsync(TimeSpan.FromDays(1));
        Assert.Equal(0, (await world.WalkAsync()).Counts.Rearmed);
    }

    [Fact]
    public async Task A_look_that_waits_while_charging_is_stopped_has_not_lost_its_baton()
    {
        using var world = await World.OpenAsync(azurite);
        await world.ActiveAsync(1);
        var stop = new ChargingStop(world.Clock.GetUtcNow(), "op", "test", IsAutomatic: false);
        await world.Get<ChargingControlStore>().ChangeAsync(it => it.StopBy(stop), note: null, default);
        await world.Host.AdvanceAsync(TimeSpan.FromDays(1));

        Assert.Equal(0, (await world.WalkAsync()).Counts.Rearmed);
    }

    [Fact]
    public async Task An_orphan_of_the_directory_is_deleted_after_a_day_and_not_before()
    {
        using var world = await World.OpenAsync(azurite);
        var died = AgreementId.FromKey("a create that died");
        await world.Get<AgreementDirectory>().PutAsync(died, null, world.Clock.GetUtcNow(), default);

        Assert.Equal(0, (await world.WalkAsync()).Counts.Orphans);
        await world.Host.AdvanceAsync(TimeSpan.FromDays(1));
        Assert.Equal(1, (await world.WalkAsync()).Counts.Orphans);
        await world.Host.AdvanceAsync(TimeSpan.FromDays(1));
        Assert.Equal((0, 0), (await world.WalkAsync()).Visits());
    }

    [Fact]
    public async Task A_refund_made_in_PPROs_portal_is_learnt_without_its_event()
    {
        using var world = await World.OpenAsync(azurite);
        var subject = (await world.ActiveAsync(1)).Single();
        world.RefundAtPpro(world.Books.Charges.Single().Id, 400);

        var state = await world.WalkAsync();

        Assert.Equal(0, state.Counts.Unexplained);
        var agreement = await world.FindAsync(subject.Id);
        Assert.Equal((Shop.Price, 400), (agreement!.CapturedMinorUnits, agreement.RefundedMinorUnits));
        var moved = await world.Get<AgreementLedger>().SumAsync(subject.Id, default);
        Assert.Equal((Shop.Price, 400), (moved.CapturedMinorUnits, moved.RefundedMinorUnits));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Two_refunds_made_in_PPROs_portal_under_one_name_both_count(bool areWebhooksLost)
    {
        using var world = await World.OpenAsync(azurite);
        var subject = (await world.ActiveAsync(1)).Single();
        world.LetThrough(areWebhooksLost ? [] : ["PAYMENT_CHARGE_REFUND_SUCCEEDED"]);
        foreach (var amount in (long[])[400, 300])
        {
            world.RefundAtPpro(world.Books.Charges.Single().Id, amount, "return");
        }

        if (!areWebhooksLost)
        {
            await world.Host.AdvanceAsync(TimeSpan.FromMinutes(5));
            Assert.Equal(700, (await world.FindAsync(subject.Id))!.RefundedMinorUnits);
        }

        var state = await world.WalkAsync();

        Assert.Equal(0, state.Counts.Unexplained);
        Assert.Equal(700, (await world.FindAsync(subject.Id))!.RefundedMinorUnits);
        Assert.Equal(700, (await world.Get<AgreementLedger>().SumAsync(subject.Id, default)).RefundedMinorUnits);
    }

    [Fact]
    public async Task A_charge_that_we_never_made_is_an_exception_with_its_age_until_it_is_gone()
    {
        using var world = await World.OpenAsync(azurite);
        var subject = (await world.ActiveAsync(1)).Single();
        world.ChargeAtPpro(world.Books.Agreements.Single().Id, "someone-elses");
        var raisedAt = world.Clock.GetUtcNow();

        Assert.Equal(1, (await world.WalkAsync()).Counts.Unexplained);
        await world.Host.AdvanceAsync(TimeSpan.FromDays(1));
        await world.WalkAsync();

        var entry = Assert.Single(await world.Get<ExceptionList>().ListAsync(null, 10, default));
        Assert.Equal((subject.Id, raisedAt), (entry.Agreement, entry.RaisedAt));
        Assert.Contains("that we never made", entry.Reason, StringComparison.Ordinal);
        Assert.True(entry.SeenAt > entry.RaisedAt);
    }

    [Fact]
    public async Task A_second_charge_under_one_of_our_references_stops_the_charging_until_it_is_accepted()
    {
        using var world = await World.OpenAsync(azurite);
        var subject = (await world.ActiveAsync(1)).Single();
        world.ChargeAtPpro(world.Books.Agreements.Single().Id, world.Books.Charges.Single().Reference!);

        Assert.Equal(1, (await world.WalkAsync()).Counts.Unexplained);

        var stop = Assert.Single((await world.FindAsync(subject.Id))!.Stops);
        Assert.StartsWith("a second charge", stop.Reason, StringComparison.Ordinal);
        await world.Host.AdvanceAsync(TimeSpan.FromDays(2));
        Assert.Equal(2, world.Books.Charges.Count);
        var wish = """{ "actor": "kim", "reason": "refunded by hand" }"""u8.ToArray();
        foreach (var entry in await world.Get<ExceptionList>().ListAsync(null, 10, default))
        {
            Assert.Equal(
                200,
                (
                    await world.Get<OperateExceptions>().CloseAsync(WhoAsks.AtThisMachine, entry.Key, wish, default)
                ).Status
            );
        }

        await world.Host.AdvanceAsync(TimeSpan.FromDays(1));
        Assert.Equal(0, (await world.WalkAsync()).Counts.Unexplained);
        Assert.Equal(4, world.Books.Charges.Count); // The day of the acceptance, and the next.
    }

    [Fact]
    public async Task Money_that_does_not_arrive_is_an_exception_until_it_does()
    {
        using var world = await World.OpenAsync(azurite);
        var subject = (await world.ActiveAsync(1, "YEARLY")).Single();
        var charge = world.Books.Charges.Single();
        await world.Host.AdvanceAsync(TimeSpan.FromDays(29));
        await world.WalkAsync();
        var entry = Assert.Single(await world.Get<ExceptionList>().ListAsync(null, 10, default));
        Assert.Contains("CAPTURE_FUNDS_WAITING, 14 days", entry.Reason, StringComparison.Ordinal);

        world.Books.With(_ => charge.Funds[charge.Funds.Keys.Single()] = "CAPTURE_FUNDS_RECEIVED");
        await world.Host.AdvanceAsync(TimeSpan.FromDays(29));
        await world.WalkAsync();

        Assert.Empty(await world.Get<ExceptionList>().ListAsync(null, 10, default));
        var closed = Assert.Single(await world.Get<ExceptionList>().ListClosedAsync(subject.Id, default));
        Assert.Equal(("walk", "no longer so"), (closed.ClosedBy, closed.ClosedBecause));
        var attempts = await world.Get<AgreementLedger>().ListAttemptsAsync(subject.Id, default);
        Assert.Equal("CAPTURE_FUNDS_RECEIVED", attempts.Single().Funds.Single().State);
    }

    [Fact]
    public async Task A_sum_that_the_rows_of_moved_money_do_not_bear_out_is_an_exception()
    {
        using var world = await World.OpenAsync(azurite);
        var subject = (await world.ActiveAsync(1)).Single();
        await world.TamperAsync(subject.Id, row => row["CapturedMinorUnits"] = 1L);

        Assert.Equal(1, (await world.WalkAsync()).Counts.Unexplained);

        var entry = Assert.Single(await world.Get<ExceptionList>().ListOpenAsync(subject.Id, default));
        Assert.Equal(
            ("sums", $"captured 1, refunded 0; the rows of moved money say {Shop.Price} and 0"),
            (entry.Subject, entry.Reason)
        );
    }

    [Fact]
    public async Task While_PPRO_is_silent_nothing_is_concluded_and_the_next_round_compares()
    {
        using var world = await World.OpenAsync(azurite);
        await world.ActiveAsync(1);
        world.ChargeAtPpro(world.Books.Agreements.Single().Id, "someone-elses");
        world.Break("search", "500", 1);

        var silent = (await world.WalkAsync()).Counts;
        await world.Host.AdvanceAsync(TimeSpan.FromDays(1));
        var heard = (await world.WalkAsync()).Counts;

        Assert.Equal((1, 0, 0), (silent.Failed, silent.Compared, silent.Unexplained));
        Assert.Equal((0, 1, 1), (heard.Failed, heard.Compared, heard.Unexplained));
    }
}
