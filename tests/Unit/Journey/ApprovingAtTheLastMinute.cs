using Billing;
using JourneyKit;

namespace Unit.Tests.JourneyTests;

/// <summary>The consumer approves just before the deadline, and what PPRO tells of it comes late or not at all.</summary>
public sealed class ApprovingAtTheLastMinute
{
    private const string Captured = "PAYMENT_CHARGE_CAPTURE_SUCCEEDED";

    [Fact]
    public async Task With_its_ACTIVE_lost_and_the_read_at_the_deadline_failed_it_is_neither_closed_nor_given_back()
    {
        using var world = new MemoryWorld(new() { ApprovalTimeout = TimeSpan.FromHours(2) });
        var id = await world.BeginAsync("late");
        await world.Host.AdvanceAsync(TimeSpan.FromMinutes(58));
        world.Books.Events.Mode = new("drop", TimeSpan.Zero, new HashSet<string>());
        world.Books.Approve(world.AtPpro(id).Id);
        var charge = Assert.Single(world.ChargesAtPpro(id));

        world.Break("readAgreement", "504", 1);
        await world.Host.AdvanceAsync(TimeSpan.FromMinutes(3));
        Assert.Null((await world.FindAsync(id)).Ending);
        await world.TakeInAsync(
            Captured,
            charge.Id,
            $"\"paymentChargeId\":\"{charge.Id}\",\"merchantPaymentChargeReference\":\"{charge.Reference}\","
                + $"\"amount\":{{\"value\":{MemoryWorld.Price},\"currency\":\"KRW\"}}"
        );
        await world.Host.AdvanceAsync(TimeSpan.FromHours(2));

        var agreement = await world.FindAsync(id);
        Assert.Equal((AgreementStatus.Active, null), (agreement.Status, agreement.Ending));
        Assert.Equal((MemoryWorld.Price, 0), (agreement.CapturedMinorUnits, agreement.RefundedMinorUnits));
        Assert.Equal("ACTIVE", world.AtPpro(id).Status);
    }

    [Fact]
    public async Task Never_approved_it_is_closed_after_a_read_at_the_deadline()
    {
        using var world = new MemoryWorld(new() { ApprovalTimeout = TimeSpan.FromHours(2) });
        var id = await world.BeginAsync("never");

        await world.Host.AdvanceAsync(TimeSpan.FromHours(2));

        var agreement = await world.FindAsync(id);
        Assert.Equal(EndedBy.ApprovalExpired, agreement.Ending?.By);
        Assert.DoesNotContain(world.ChargesAtPpro(id), it => it.IsCaptured);
    }

    [Fact]
    public async Task Cancelled_during_the_approval_its_first_charge_goes_back_once()
    {
        using var world = new MemoryWorld();
        var id = await world.BeginAsync("cancelled");
        world.Books.Events.Mode = new("drop", TimeSpan.Zero, new HashSet<string>());
        world.Books.Approve(world.AtPpro(id).Id);
        await world.Get<Flows.Shop.CancelAgreement>().RunAsync(id.Value, Array.Empty<byte>(), "cancel", default);

        await world.Host.AdvanceAsync(TimeSpan.FromDays(1));

        var charge = Assert.Single(world.ChargesAtPpro(id));
        Assert.Equal((true, MemoryWorld.Price), (charge.IsCaptured, charge.Refunded));
        var refund = Assert.Single(charge.Refunds);
        Assert.True(RefundNames.IsOurs(refund.Reference));
        Assert.Equal("REVOKED_BY_MERCHANT", world.AtPpro(id).Status);
        Assert.Equal(MemoryWorld.Price, (await world.FindAsync(id)).RefundedMinorUnits);
    }
}
