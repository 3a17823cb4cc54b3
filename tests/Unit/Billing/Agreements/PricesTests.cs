using Billing;

namespace Unit.Tests.BillingTests;

/// <summary>A period costs what the plan said on the day on which it began, however late it is charged.</summary>
public sealed class PricesTests
{
    private static readonly Money Old = A.Price;
    private static readonly Money New = new(12_000, "KRW");
    private static readonly Money Newest = new(13_000, "KRW");
    private static readonly DateTimeOffset Due = ChargingWindow.OpeningOn(A.Day("2026-02-15"), A.Id, A.Rules);

    [Theory]
    [InlineData("2026-02-14T23:59", 12_000)] // the day before it begins
    [InlineData("2026-02-15T00:00", 9_900)]
    [InlineData("2026-02-15T09:00", 9_900)] // begun, and not charged yet
    public void A_new_price_is_for_periods_that_begin_after_that_day(string changed, long costs)
    {
        var agreement = Waiting(1).Reprice(New, A.Seoul(changed)).Agreement;

        Assert.Equal(costs, Charge(agreement, Due).Amount.MinorUnits);
        Assert.Equal(New, agreement.Plan.PriceOf(A.Period(2)));
        Assert.Equal(New, agreement.Plan.Price);
    }

    [Fact]
    public void The_period_that_follows_costs_the_new_price()
    {
        var agreement = Waiting(1).Reprice(New, A.Seoul("2026-02-15T00:01")).Agreement;

        var charged = agreement.Claim(Charge(agreement, Due), Due).Agreement;

        Assert.Empty(charged.Plan.EarlierPrices);
        var next = ChargingWindow.OpeningOn(A.Day("2026-03-15"), A.Id, A.Rules);
        Assert.Equal(New, Charge(Confirmed(charged with { Open = [] }), next).Amount);
    }

    [Fact]
    public void Periods_that_are_caught_up_cost_what_each_began_with()
    {
        var behind = Waiting(1) with { Plan = Waiting(1).Plan with { CatchUp = 3 } };
        var changed = behind
            .Reprice(New, A.Seoul("2026-02-20T12:00"))
            .Agreement.Reprice(Newest, A.Seoul("2026-03-20T12:00"))
            .Agreement;

        Assert.Equal(
            [Old, New, Newest, Newest],
            Enumerable.Range(1, 4).Select(number => changed.Plan.PriceOf(A.Period(number)))
        );
    }

    [Fact]
    public void Changed_there_and_back_while_it_waits_nothing_is_piled_up()
    {
        var agreement = Waiting(1);
        foreach (var minute in Enumerable.Range(0, 100))
        {
            var now = A.Seoul("2026-02-15T00:00").AddMinutes(minute);
            agreement = agreement.Reprice(minute % 2 is 0 ? New : Old, now).Agreement;
        }

        Assert.Equal(new EarlierPrice(A.Day("2026-02-15"), Old), Assert.Single(agreement.Plan.EarlierPrices));
        var later = agreement.Reprice(Newest, A.Seoul("2026-02-18T00:00")).Agreement;
        Assert.Single(later.Plan.EarlierPrices);
        Assert.Equal((Old, Newest), (later.Plan.PriceOf(A.Period(1)), later.Plan.PriceOf(A.Period(2))));
    }

    [Fact]
    public void What_is_taken_needs_no_earlier_price()
    {
        var agreement = Waiting(1).Reprice(New, A.Seoul("2026-02-15T00:01")).Agreement;

        Assert.Empty(agreement.Skip(1, "missed", Due).Agreement.Plan.EarlierPrices);
        var ahead = Waiting(1).Reprice(New, A.Seoul("2026-02-14T12:00")).Agreement;
        Assert.Empty(ahead.Plan.EarlierPrices);
    }

    [Fact]
    public void Before_the_first_period_begins_its_price_may_change()
    {
        var ahead = A.Planned(plan => plan with { Schedule = A.Monthly("2026-05-01"), NextPeriod = 0 });

        var changed = ahead.Reprice(New, A.Seoul("2026-04-30T12:00")).Agreement;

        Assert.Equal(New, changed.Plan.PriceOf(changed.Plan.Schedule!.Period(0)));
    }

    private static Agreement Waiting(int next) => Confirmed(A.Planned(plan => plan with { NextPeriod = next }));

    private static Agreement Confirmed(Agreement agreement) =>
        agreement with
        {
            Provider = agreement.Provider with { ConfirmedAt = A.Seoul("2026-02-14T12:00") },
        };

    private static DuePeriod Charge(Agreement agreement, DateTimeOffset now) =>
        Assert.IsType<LookStep.Charge>(Agenda.DueStep(agreement, A.Rules, now)).Due;
}
