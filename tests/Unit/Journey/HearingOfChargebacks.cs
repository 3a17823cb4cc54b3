using Billing;
using JourneyKit;
using Unit.Tests.BillingTests;

namespace Unit.Tests.JourneyTests;

/// <summary>A chargeback names PPRO's charge and nothing of ours: PPRO is asked whose it is.</summary>
public sealed class HearingOfChargebacks
{
    private const string Type = "CHARGEBACK_SUCCEEDED";
    private const string Amount = "\"amount\":{\"value\":9900,\"currency\":\"KRW\"}";

    [Fact]
    public async Task A_chargeback_of_our_charge_calls_for_a_person_and_nothing_more_is_charged()
    {
        using var world = new MemoryWorld();
        var id = await world.ActiveAsync();
        var charge = world.ChargesAtPpro(id).Single().Id;

        await world.TakeInAsync(Type, charge, $"\"paymentChargeId\":\"{charge}\",{Amount}", "Ev1");
        await world.Host.AdvanceAsync(TimeSpan.FromDays(3));

        var agreement = await world.FindAsync(id);
        Assert.Contains("chargeback", agreement.WhyStopped(), StringComparison.Ordinal);
        Assert.False(agreement.MayCharge);
        Assert.Single(world.ChargesAtPpro(id));
        Assert.True(await world.HasEventAsync(id, "Ev1"));
    }

    [Fact]
    public async Task A_chargeback_of_a_charge_that_a_shop_named_finds_its_agreement()
    {
        using var world = new MemoryWorld();
        var (id, other) = (await world.ActiveAsync(), await world.ActiveAsync());
        await world.ChargeAsync(id, "a shops own name");
        await world.ChargeAsync(other, "a shops own name");
        var charge = world.ChargesAtPpro(id).Single(it => it.Reference is "a shops own name").Id;

        await world.TakeInAsync(Type, charge, $"\"paymentChargeId\":\"{charge}\",{Amount}");

        Assert.NotNull((await world.FindAsync(id)).WhyStopped());
        Assert.Null((await world.FindAsync(other)).WhyStopped());
    }

    [Fact]
    public async Task A_chargeback_of_a_charge_made_by_another_hand_still_concerns_its_agreement()
    {
        using var world = new MemoryWorld();
        var id = await world.ActiveAsync();
        var charge = world.ChargeBehindOurBack(id);

        await world.TakeInAsync(Type, charge, $"\"paymentChargeId\":\"{charge}\",{Amount}", "Ev1");

        Assert.Contains(charge, (await world.FindAsync(id)).WhyStopped(), StringComparison.Ordinal);
        Assert.True(await world.HasEventAsync(id, "Ev1"));
    }

    [Fact]
    public async Task A_chargeback_of_a_strangers_charge_is_quarantined()
    {
        using var world = new MemoryWorld();
        await world.ActiveAsync();

        await world.TakeInAsync(Type, "charge_x", $"\"paymentChargeId\":\"charge_x\",{Amount}");

        Assert.Equal("PPRO does not know the charge", Assert.Single(await world.QuarantinedAsync()).Reason);
    }

    [Fact]
    public async Task While_PPRO_is_silent_the_chargeback_waits_on_its_queue()
    {
        using var world = new MemoryWorld();
        var id = await world.ActiveAsync();
        var charge = world.ChargesAtPpro(id).Single().Id;
        world.Break("readCharge", "504", 2);

        await world.TakeInAsync(Type, charge, $"\"paymentChargeId\":\"{charge}\",{Amount}");

        Assert.Equal(2, world.Host.Failures.Count);
        Assert.NotNull((await world.FindAsync(id)).WhyStopped());
    }

    [Fact]
    public async Task An_agreements_event_without_our_reference_finds_it_by_PPROs_id()
    {
        using var world = new MemoryWorld();
        var id = await world.ActiveAsync();
        var agreement = world.AtPpro(id).Id;

        await world.TakeInAsync(
            "PAYMENT_AGREEMENT_REVOKED_BY_PROVIDER",
            agreement,
            $"\"paymentAgreementId\":\"{agreement}\""
        );

        Assert.Equal(AgreementStatus.RevokedByProvider, (await world.FindAsync(id)).Status);
    }

    [Fact]
    public async Task A_second_charge_captured_under_one_reference_calls_for_a_person()
    {
        using var world = new MemoryWorld();
        var id = await world.ActiveAsync();
        var ours = world.ChargesAtPpro(id).Single();

        await world.TakeInAsync(
            "PAYMENT_CHARGE_CAPTURE_SUCCEEDED",
            "charge_2",
            $"\"paymentChargeId\":\"charge_2\",\"merchantPaymentChargeReference\":\"{ours.Reference}\",{Amount}"
        );

        var agreement = await world.FindAsync(id);
        Assert.Contains("charge_2", agreement.WhyStopped(), StringComparison.Ordinal);
        Assert.Equal(MemoryWorld.Price, agreement.CapturedMinorUnits);
    }
}
