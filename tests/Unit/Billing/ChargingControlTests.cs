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
    public void Wrong_credentials_stop_charging_for_three_minutes_at_least()
    {
        var stopped = ChargingControl.Untouched.StopBySelf("HTTP 401", A.Morning);

        Assert.Equal(("service", "HTTP 401", true), (stopped.Stop!.By, stopped.Stop.Reason, stopped.Stop.IsAutomatic));
        Assert.Same(stopped, stopped.Recover(A.Morning.AddSeconds(179)));
        Assert.Null(stopped.Recover(A.Morning.AddMinutes(3)).Stop);
        Assert.Same(stopped, stopped.StopBySelf("HTTP 403", A.Morning.AddMinutes(1)));
    }

    [Fact]
    public void Recovery_never_ends_a_persons_stop()
    {
        var stopped = ChargingControl.Untouched.StopBySelf("HTTP 401", A.Morning).StopBy(ByHand);

        Assert.False(stopped.MayRecover(A.Morning.AddDays(9)));
        Assert.Same(stopped, stopped.Recover(A.Morning.AddDays(9)));
        Assert.Same(ChargingControl.Untouched, ChargingControl.Untouched.Recover(A.Morning));
    }

    [Fact]
    public void An_automatic_stop_of_an_earlier_version_recovers_too()
    {
        var stopped = ChargingControl.Untouched.StopBy(Automatic);

        Assert.Same(stopped, stopped.Recover(A.Morning.AddSeconds(179)));
        Assert.Null(stopped.Recover(A.Morning.AddMinutes(3)).Stop);
    }

    [Fact]
    public void Three_different_agreements_refused_in_a_row_stop_charging()
    {
        var two = Refuse(ChargingControl.Untouched, "a", "b", "a");
        var three = Refuse(two, "c");

        Assert.Equal((null, 2), (two.Stop, two.RefusedAgreements.Length));
        Assert.Equal(A.Morning.AddMinutes(15), three.Stop!.LiftsAt);
        Assert.True(three.Stop.IsAutomatic);
        Assert.Equal("PPRO refused the charges of 3 agreements in a row, the last with HTTP 400", three.Stop.Reason);
        Assert.Same(three, Refuse(three, "d"));
        Assert.Same(three, three.Recover(A.Morning.AddMinutes(15).AddSeconds(-1)));
    }

    [Fact]
    public void A_charge_that_PPRO_takes_in_between_makes_it_no_row()
    {
        var two = Refuse(ChargingControl.Untouched, "a", "b").Accepted();

        Assert.Null(Refuse(two, "c", "d").Stop);
        Assert.Same(ChargingControl.Untouched, ChargingControl.Untouched.Accepted());
    }

    [Fact]
    public void After_it_one_refusal_stops_again_and_for_twice_as_long_up_to_four_hours()
    {
        var control = Refuse(ChargingControl.Untouched, "a", "b", "c");
        List<double> pauses = [];
        foreach (var _ in Enumerable.Range(0, 7))
        {
            pauses.Add((control.Stop!.LiftsAt!.Value - A.Morning).TotalMinutes);
            control = Refuse(control.Recover(control.Stop.LiftsAt.Value), "d");
        }

        Assert.Equal([15, 30, 60, 120, 240, 240, 240], pauses);
        Assert.Equal("PPRO goes on to refuse charges, the last with HTTP 400", control.Stop!.Reason);
    }

    [Fact]
    public void A_charge_that_PPRO_takes_after_it_ends_the_trial()
    {
        var control = Refuse(ChargingControl.Untouched, "a", "b", "c");
        var well = control.Recover(control.Stop!.LiftsAt!.Value).Accepted();

        Assert.Null(Refuse(well, "d", "e").Stop);
        Assert.NotNull(Refuse(well, "d", "e", "f").Stop);
    }

    [Fact]
    public void A_person_who_starts_holds_nothing_against_it()
    {
        var started = Refuse(ChargingControl.Untouched, "a", "b", "c").Start();

        Assert.Equal((null, 0), (started.Stop, started.RefusalStops));
        Assert.Null(Refuse(started, "d", "e").Stop);
    }

    private static ChargingControl Refuse(ChargingControl control, params string[] agreements) =>
        agreements.Aggregate(control, (it, key) => it.Refused(AgreementId.FromKey(key), 400, A.Morning));

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
