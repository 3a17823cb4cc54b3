using Billing;

namespace Unit.Tests.BillingTests;

/// <summary>When the walk compares, re-arms and misses money.</summary>
public sealed class WalkRulesTests
{
    private static readonly DateTimeOffset Now = A.Morning.AddDays(100);

    [Theory]
    [InlineData(null, null, true)] // never compared
    [InlineData(1, null, false)]
    [InlineData(28, null, true)]
    [InlineData(1, 2, true)] // moved within three days
    [InlineData(1, 3, false)]
    [InlineData(20, 10, true)] // moved since it was compared
    [InlineData(10, 20, false)]
    public void One_with_movement_is_compared_daily_and_the_others_monthly(int? compared, int? moved, bool isDue) =>
        Assert.Equal(
            isDue,
            WalkRules.IsCompareDue(
                compared is { } ago ? Now.AddDays(-ago) : null,
                moved is { } days ? Now.AddDays(-days) : null,
                Now
            )
        );

    [Theory]
    [InlineData(59, true, false)]
    [InlineData(61, true, true)]
    [InlineData(61, false, false)] // what is due is a charge, and the gate was closed
    public void A_next_look_that_has_passed_by_an_hour_is_lost(int minutes, bool isGateOpen, bool isLost)
    {
        var agreement = A.Agreement();
        var due = Agenda.NextLookAt(agreement, A.Rules, A.Morning)!.Value;

        var late = agreement with { NextLookAt = due };

        Assert.Equal(isLost, WalkRules.HasLostBaton(late, A.Rules, due.AddMinutes(minutes), isGateOpen));
    }

    [Fact]
    public void At_a_closed_gate_a_late_look_that_asks_for_no_money_is_lost_all_the_same()
    {
        var agreement = A.Agreement() with { NextLookAt = A.Morning };
        var stale = A.Morning + A.Rules.Freshness;

        Assert.True(WalkRules.HasLostBaton(agreement, A.Rules, stale.AddMinutes(61), isGateOpen: false));
    }

    [Fact]
    public void One_that_is_over_has_no_baton_to_lose() =>
        Assert.False(WalkRules.HasLostBaton(A.Agreement() with { NextLookAt = null }, A.Rules, Now, isGateOpen: true));

    [Theory]
    [InlineData(null, 13, false)]
    [InlineData(null, 15, true)]
    [InlineData("CAPTURE_FUNDS_WAITING", 15, true)]
    [InlineData("CAPTURE_FUNDS_MISSING", 15, true)]
    [InlineData("CAPTURE_FUNDS_RECEIVED", 15, false)]
    [InlineData("CAPTURE_FUNDS_NOT_EXPECTED", 15, false)]
    [InlineData("REFUND_FUNDS_REJECTED", 1, false)] // it has stopped the charging when it was heard of
    public void Money_that_has_not_arrived_in_time_is_a_finding(string? word, int days, bool isFound)
    {
        var charge = Captured() with { Funds = word is null ? [] : [new("op", word, A.Morning)] };

        Assert.Equal(isFound, FundsWatch.Judge(charge, TimeSpan.FromDays(14), A.Morning.AddDays(days)).Any());
        Assert.Empty(FundsWatch.Judge(charge, TimeSpan.Zero, A.Morning.AddDays(days)));
    }

    private static Attempt Captured() =>
        new()
        {
            Key = "20260115-1",
            Amount = A.Price,
            Reference = "ours",
            IdempotencyKey = "key",
            CreatedAt = A.Morning,
            State = AttemptState.Captured,
            CapturedAt = A.Morning,
            CapturedMinorUnits = A.Price.MinorUnits,
        };
}
