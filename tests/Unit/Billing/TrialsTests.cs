using Billing;

namespace Unit.Tests.BillingTests;

/// <summary>After a stop because of refusals one charge at a time tries whether PPRO takes charges again.</summary>
public sealed class TrialsTests
{
    private static readonly ChargingControl OnTrial = new[] { "a", "b", "c" }
        .Aggregate(ChargingControl.Untouched, (it, key) => it.Refused(AgreementId.FromKey(key), 400, A.Morning))
        .Recover(A.Morning.AddMinutes(15));

    [Fact]
    public void While_nothing_was_refused_nobody_has_to_try() =>
        Assert.Same(ChargingControl.Untouched, ChargingControl.Untouched.TakeTrial(A.Morning));

    [Fact]
    public void One_charge_tries_for_two_minutes_and_then_the_next_may()
    {
        var tried = OnTrial.TakeTrial(A.Morning)!;
        var over = A.Morning.AddMinutes(2);

        Assert.Equal(over, tried.TrialUntil);
        Assert.Null(tried.TakeTrial(over.AddTicks(-1)));
        Assert.Equal(over.AddMinutes(2), tried.TakeTrial(over)!.TrialUntil);
        Assert.Null(tried.Accepted().TrialUntil);
    }

    [Theory]
    [InlineData(null, null, true)]
    [InlineData(1, null, false)]
    [InlineData(null, 1L, false)]
    [InlineData(1, 1L, false)]
    public void Caps_are_none_only_when_neither_is_set(int? charges, long? minorUnits, bool areNone) =>
        Assert.Equal(areNone, new DailyCaps(charges, minorUnits).AreNone);
}
