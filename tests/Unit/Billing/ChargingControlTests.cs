using Billing;
using CsCheck;

namespace Unit.Tests.BillingTests;

public sealed class ChargingControlTests
{
    private static readonly DateOnly Today = A.Anchor;
    private static readonly ChargingStop ByHand = new(A.Morning, "kim", "a bad deployment", IsAutomatic: false);
    private static readonly ChargingStop Automatic = new(A.Morning, "service", "HTTP 401", IsAutomatic: true);

    [Fact]
    public void A_stop_by_hand_replaces_an_automatic_one_and_is_never_replaced()
    {
        var stopped = ChargingControl.Untouched.StopBy(Automatic).StopBy(ByHand);

        Assert.Equal(ByHand, stopped.Stop);
        Assert.Same(stopped, stopped.StopBy(Automatic));
        Assert.Null(stopped.Start().Stop);
    }

    [Fact]
    public void Starting_what_is_not_stopped_changes_nothing() =>
        Assert.Same(ChargingControl.Untouched, ChargingControl.Untouched.Start());

    [Theory]
    [InlineData(1, null, 9_900)]
    [InlineData(null, 9_900L, 9_900)]
    [InlineData(100_000, 1_000_000_000L, 9_900)]
    public void What_is_within_the_caps_is_granted(int? charges, long? minorUnits, long amount)
    {
        var taken = ChargingControl.Untouched.Take(new(charges, minorUnits), amount, Today);

        Assert.True(taken!.Value.Grant.Charges >= 1 && taken.Value.Grant.MinorUnits >= amount);
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(null, 9_899L)]
    public void What_exceeds_a_cap_is_not_granted(int? charges, long? minorUnits) =>
        Assert.Null(ChargingControl.Untouched.Take(new(charges, minorUnits), 9_900, Today));

    [Fact]
    public void A_new_Seoul_day_has_all_of_its_caps()
    {
        var caps = new DailyCaps(1, null);
        var spent = ChargingControl.Untouched.Take(caps, 9_900, Today)!.Value.Control;

        Assert.Null(spent.Take(caps, 9_900, Today));
        Assert.NotNull(spent.Take(caps, 9_900, Today.AddDays(1)));
    }

    [Fact]
    public void However_many_workers_take_the_caps_are_reached_and_never_exceeded() =>
        Gen.Select(Gen.Int[1, 500], Gen.Long[1, 5_000_000], Gen.Long[50, 20_000])
            .Sample(
                (charges, total, amount) =>
                {
                    var (control, grants) = (ChargingControl.Untouched, (Charges: 0, MinorUnits: 0L));
                    while (control.Take(new(charges, total), amount, Today) is { } taken)
                    {
                        control = taken.Control;
                        grants = (grants.Charges + taken.Grant.Charges, grants.MinorUnits + taken.Grant.MinorUnits);
                    }

                    return grants.Charges <= charges
                        && grants.MinorUnits <= total
                        && (grants.Charges == charges || grants.MinorUnits + amount > total)
                        && (control.SpentCharges, control.SpentMinorUnits) == grants;
                }
            );
}
